import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { requiredVariable } from '../../contract/environment';
import type { RemediationResult } from '../../contract/remediation';
import { resourceTypes } from '../../contract/resource-types';
import { RefusedError } from '../../controls/control';
import { ledgerDocuments } from '../ledger/documents';
import { StateTooLargeError } from '../ledger/saved-item';
import { SavedStates } from '../ledger/saved-states';
import { deadlineIn } from './deadline';
import type { Adapter } from './live-resource';
import { remediate } from './remediate';
import { checkRequest } from './request';
import { undo } from './undo';

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
    const of = { finding, occurrence, attempt };
    const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
    const common = { control, parameters, live, pause };
    try {
      const result =
        mode === 'undo'
          ? await undo({
              ...common,
              planUndo: adapter.planUndo,
              history: () => savedStates.history(finding, occurrence),
              saveUndone: () => savedStates.saveUndone(of, new Date()),
            })
          : await remediate({
              ...common,
              mode,
              applyLossy,
              saveStep: (step) => refusingWhatIsTooLarge(savedStates.saveStep(of, step, new Date())),
              unfinished: async () => {
                const history = await savedStates.history(finding, occurrence);
                return history && !history.after && !history.undoneAt ? history.steps.at(-1) : undefined;
              },
              saveAfter: async (after) => {
                try {
                  await savedStates.saveAfter(of, after, new Date());
                } catch (error) {
                  // An undo then works with what the fix meant to leave behind.
                  log.warn('What the fix left behind was not saved', { ...of, error: String(error) });
                }
              },
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

async function refusingWhatIsTooLarge(saving: Promise<void>): Promise<void> {
  try {
    await saving;
  } catch (error) {
    throw error instanceof StateTooLargeError ? new RefusedError(error.message) : error;
  }
}
