import { functionNames } from '../../core/names';
import { walkAttempts } from '../../resources/kit/client-configuration';
import type { ServiceName } from '../../test/faults/aws/service-error';

/**
 * How often a call is tried, as the clients of the hub are configured: three times is the SDK's default.
 * @param functionName whose call it is, where a function makes it
 */
export function mostAttempts(service: ServiceName, functionName?: string): number {
  if (service === 'Organizations') return 8;
  if (functionName === functionNames.patrolWalker) return walkAttempts;
  return service === 'Lambda' ? 1 : 3;
}

/** Of what is throttled. */
const baseMilliseconds = 500;
const longestMilliseconds = 20_000;

/**
 * The pause before a throttled call is tried again: any time up to a bound that doubles.
 * `DefaultRetryBackoffStrategy` and `THROTTLING_RETRY_DELAY_BASE` of the SDK, `@smithy/core/retry`.
 * @param attempts how many were made, from 1
 * @param random a number from 0 up to 1
 * @returns milliseconds
 */
export function backoff(attempts: number, random: number): number {
  return Math.floor(random * Math.min(baseMilliseconds * 2 ** (attempts - 1), longestMilliseconds));
}
