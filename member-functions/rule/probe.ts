import type { Context } from 'aws-lambda';
import type { ProbeMessage } from '../../core/probe';

/**
 * The probe of the doctor with which the function was invoked in AWS Config's place: `{ "probe": MARK }`. It judges nothing, and
 * proves that the function runs and that the hub takes what it sends.
 * @returns undefined for any other event
 */
export function probeIn(
  event: unknown,
  context: Partial<Pick<Context, 'invokedFunctionArn'>> | undefined,
): ProbeMessage | undefined {
  if (typeof event !== 'object' || event === null || !('probe' in event) || typeof event.probe !== 'string')
    return undefined;
  // `arn:PARTITION:lambda:REGION:ACCOUNT:function:NAME`
  const [, , , region = '', accountId = ''] = (context?.invokedFunctionArn ?? '').split(':');
  return { version: 1, type: 'probe', accountId, region, detector: 'rule', mark: event.probe };
}
