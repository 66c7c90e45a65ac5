import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import type { RemediationResult } from '../../core/remediation';
import type { Adapter } from '../../resources/kit/live-resource';
import { factsOf } from '../../resources/resource-types';
import { answerTo } from './answer';
import { deadlineIn } from './deadline';
import { deployedParts, type FunctionParts } from './parts';
import { checkRequest } from './request';

/** Left of the function's time when calls are cut off, so that what happened is still told. */
const reserveMilliseconds = 5_000;

/**
 * The handler of a resource type's remediation function. It holds no access of its own to any member account, and writes
 * to no table: the request brings credentials, which are used for this invocation alone and never logged, and all that the
 * function comes to stands in its answer.
 * @param adapter reads and changes that resource type
 * @param parts by default those of a deployed function
 * @returns Lambda's entry; it throws RemediationRequestError for a request that makes no sense
 */
export function remediationFunction(
  adapter: Adapter,
  parts: FunctionParts = deployedParts(),
): (payload: unknown, context: Context) => Promise<RemediationResult> {
  const log = new Logger({ serviceName: `remediate-${factsOf(adapter.resourceType).slug}` });
  return async (payload, context) => {
    const checked = checkRequest(payload, adapter.resourceType);
    const signal = deadlineIn(Math.max(1, context.getRemainingTimeInMillis() - reserveMilliseconds));
    const result = await answerTo(checked, adapter, parts, signal);
    const { finding, occurrence, attempt, mode } = checked.request;
    const { outcome, applied, reason, errorCode } = result;
    log.info('Looked at a resource', {
      finding,
      occurrence,
      attempt,
      mode,
      outcome,
      applied,
      reason,
      errorCode,
    });
    return result;
  };
}
