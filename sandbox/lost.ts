import type { ApiCall } from './gateway/api';

/**
 * What tells of a call that changed something: AWS Config's item of the resource, or CloudTrail's event on its way to EventBridge. AWS
 * promises neither:
 * https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-config.html,
 * https://docs.aws.amazon.com/eventbridge/latest/ref/event-delivery-level.html
 */
export type Telling = 'item' | 'event';

/** Names in the user agent what is lost of a call. */
const product = 'sandbox-lost';

/** The SDK's `customUserAgent` of a client of whose calls something is lost. */
export function losing(lost: readonly Telling[]): [name: string, version: string][] {
  return lost.map((telling) => [product, telling]);
}

/** Whether something is lost of a call. Only the sandbox itself has something lost: no stranger hides what he does. */
export function isLost({ userAgent = '', stranger }: ApiCall, telling: Telling): boolean {
  return stranger !== true && userAgent.split(' ').includes(`${product}/${telling}`);
}
