import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { requiredVariable } from '../../contract/environment';
import type { RemediationResult } from '../../contract/remediation';
import { resourceTypes } from '../../contract/resource-types';
import { RefusedError } from '../../controls/control';
import { ledgerDocuments } from '../ledger/documents';
import { SavedStates, StateTooLargeError } from '../ledger/saved-states';
import { deadlineIn } from './deadline';
import type { Adapter } from './live-resource';
import { remediate } from './remediate';
import { checkRequest } from './request';

/** Left of the function's time when calls are cut off, so that what happened is still told. */
const reserveMilliseconds = 8_000;

/**
 * The handler of a resource type's remediation function. It holds no access of its own to any member account: the
 * request brings credentials, which are used for this invocation alone and never logged.
 * @param adapter reads and changes that resource type
 * @returns Lambda's entry; it throws RemediationRequestError for a request that makes no sense
 */
export function remediationFunction(
  adapter: Adapter,
): (payload: unknown, context: Context) => Promise<RemediationResult> {
  const log = new Logger({ serviceName: `remediate-${resourceTypes[adapter.resourceType].slug}` });
  const savedStates = new SavedStates(
    ledgerDocuments({
      // Saving is not cut off, so it has to fit into the reserve.
      maxAttempts: 2,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
    }),
    requiredVariable('LEDGER_TABLE'),
  );
  return async (payload, context) => {
    const { request, control, parameters } = checkRequest(payload, adapter.resourceType);
    const { finding, occurrence, attempt, mode, applyLossy, credentials } = request;
    const signal = deadlineIn(Math.max(1, context.getRemainingTimeInMillis() - reserveMilliseconds));
    const live = adapter.open({ finding, credentials, signal });
    try {
      const result = await remediate({
        control,
        parameters,
        mode,
        applyLossy,
        live,
        saveBefore: async (before) => {
          try {
            await savedStates.save({ finding, occurrence, attempt }, before, new Date());
          } catch (error) {
            throw error instanceof StateTooLargeError ? new RefusedError(error.message) : error;
          }
        },
        pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      });
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
    } finally {
      live.close();
    }
  };
}
