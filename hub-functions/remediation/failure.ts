import { RefusedError, ResourceInputError } from '../../core/errors';
import type { RemediationResult } from '../../core/remediation';
import { errorCodeOf, messageOf } from '../../resources/kit/aws-error';
import { ChangedMeanwhileError, StoppedError, TornReadingError } from '../../resources/kit/live-resource';

/** How something thrown ends an attempt: its outcome, and why. */
export type Failure = Pick<RemediationResult, 'outcome' | 'reason' | 'errorCode' | 'switchUnreadable'>;

/** How an error ends a plan, a fix or an undo. AWS's refusals are outcomes, never exceptions. */
export function failureOf(error: unknown): Failure {
  if (error instanceof StoppedError) {
    return {
      outcome: 'stopped',
      reason: error.message,
      ...(error.unreadable && { switchUnreadable: true }),
    };
  }
  if (error instanceof RefusedError || error instanceof ResourceInputError) {
    return { outcome: 'refused', reason: error.message };
  }
  if (error instanceof ChangedMeanwhileError) {
    return {
      outcome: 'changed',
      reason: `Somebody else is changing the resource right now: ${error.message}`,
    };
  }
  if (error instanceof TornReadingError) return { outcome: 'failed', reason: error.message };
  const errorCode = errorCodeOf(error);
  const reason =
    errorCode === 'AbortError'
      ? 'The function ran out of time.'
      : `${errorCode ?? 'Error'}: ${messageOf(error)}`;
  return { outcome: 'failed', reason, ...(errorCode !== undefined && { errorCode }) };
}
