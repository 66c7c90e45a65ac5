import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { requiredVariable } from '../../contract/environment';
import type { Json } from '../../contract/json';
import type { RemediationResult } from '../../contract/remediation';
import { resourceTypes } from '../../contract/resource-types';
import { RefusedError } from '../../controls/control';
import { ledgerDocuments } from '../ledger/documents';
import { StateTooLargeError } from '../ledger/saved-item';
import { SavedStates } from '../ledger/saved-states';
import { type Stop, StopSwitch, stopFor, stopReason } from '../ledger/stop-switch';
import { deadlineIn } from './deadline';
import { lastChangeBy } from './last-change';
import type { Adapter } from './live-resource';
import { readWhole } from './read-whole';
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
  const documents = ledgerDocuments({
    // Saving is not cut off, so it has to fit into the reserve.
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });
  const ledgerTable = requiredVariable('LEDGER_TABLE');
  const savedStates = new SavedStates(documents, ledgerTable);
  const stopSwitch = new StopSwitch(documents, ledgerTable);
  return async (payload, context) => {
    const { request, control, parameters } = checkRequest(payload, adapter.resourceType);
    const { finding, occurrence, attempt, mode, applyLossy, onlyPlan, place, credentials } = request;
    const signal = deadlineIn(Math.max(1, context.getRemainingTimeInMillis() - reserveMilliseconds));
    const live = adapter.open({ finding, credentials, signal });
    const of = { finding, occurrence, attempt };
    const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
    const common = { control, parameters, live, pause };
    let stepNumber = 0;
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
              ...(onlyPlan !== undefined && { onlyPlan }),
              saveStep: async (step) => {
                stepNumber = await refusingWhatIsTooLarge(savedStates.saveStep(of, step, new Date()));
              },
              saveResult: async (result) => {
                try {
                  await savedStates.saveResult(of, stepNumber, result, new Date());
                } catch (error) {
                  // An undo then takes it that all of the step may have been made.
                  log.warn('What came of a step was not saved', { ...of, error: String(error) });
                }
              },
              stopped: () => stoppedAt(stopSwitch, place),
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
      if (request.tellFixStands) {
        const [reading, history] = [
          await readWhole(live, pause),
          await savedStates.history(finding, occurrence),
        ];
        result.fixStands =
          reading !== 'gone' && history?.after !== undefined && sameState(reading.before, history.after);
      }
      if (request.tellLastChange) {
        const lastChange = await lastChangeBy({ finding, credentials, signal });
        if (lastChange) result.lastChange = { ...lastChange, at: lastChange.at.toISOString() };
      }
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

async function refusingWhatIsTooLarge<Answer>(saving: Promise<Answer>): Promise<Answer> {
  try {
    return await saving;
  } catch (error) {
    throw error instanceof StateTooLargeError ? new RefusedError(error.message) : error;
  }
}

/** Why nothing may be written in an account now. A switch that cannot be read means stop. */
async function stoppedAt(stopSwitch: StopSwitch, place: readonly string[]): Promise<string | undefined> {
  let stop: Stop | undefined;
  try {
    stop = stopFor(await stopSwitch.stops(), place);
  } catch (error) {
    return `The stop switch cannot be read: ${String(error)}`;
  }
  return stop && stopReason(stop);
}

/** Whether two readings say the same, in whatever order AWS listed what they hold. */
function sameState(one: Json, other: Json): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`);
  return `{${entries.sort().join()}}`;
}
