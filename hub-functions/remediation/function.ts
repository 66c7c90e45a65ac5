import { gunzipSync } from 'node:zlib';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { requiredVariable } from '../../core/environment';
import type { RemediationResult } from '../../core/remediation';
import { ledgerDocuments } from '../../ledger/documents';
import { savedHistoryFrom } from '../../ledger/saved-history';
import { StopSwitch } from '../../ledger/stop-switch';
import type { Adapter, LiveResource } from '../../resources/kit/live-resource';
import { factsOf } from '../../resources/resource-types';
import { applyFix } from './apply';
import { deadlineIn } from './deadline';
import { lastChangeBy } from './last-change';
import { planFix } from './plan';
import { type CheckedRequest, checkRequest } from './request';
import { stopGuard } from './stop-guard';
import { undo } from './undo';

/** Left of the function's time when calls are cut off, so that what happened is still told. */
const reserveMilliseconds = 5_000;

/** What a remediation function works with beside its adapter. */
export interface FunctionParts {
  stopSwitch: Pick<StopSwitch, 'stops'>;
  now: () => Date;
  /** Waits so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

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
    const { finding, occurrence, attempt, mode, credentials } = checked.request;
    const signal = deadlineIn(Math.max(1, context.getRemainingTimeInMillis() - reserveMilliseconds));
    const live = adapter.open({ finding, credentials, signal, mayWrite: guardOf(checked, parts) });
    try {
      const result = await answerTo(checked, live, adapter, parts);
      if (checked.request.mode === 'plan' && checked.request.tellLastChange) {
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

function answerTo(
  { request, control, parameters }: CheckedRequest,
  live: LiveResource,
  { planUndo }: Adapter,
  { pause }: FunctionParts,
): Promise<RemediationResult> {
  const common = { control, parameters, live, pause };
  switch (request.mode) {
    case 'plan':
      return planFix(common);
    case 'apply': {
      const { fix, applyLossy, unfinished } = request;
      return applyFix({ ...common, ...(fix && { fix }), applyLossy, unfinished });
    }
    case 'undo': {
      const history = savedHistoryFrom(gunzipSync(Buffer.from(request.history, 'base64')).toString());
      return undo({ ...common, planUndo, history });
    }
  }
}

/** Undoing works while Staunch is stopped; a plan writes nothing. */
function guardOf(
  { request }: CheckedRequest,
  { stopSwitch, now, pause }: FunctionParts,
): () => Promise<void> {
  if (request.mode !== 'apply') return async () => {};
  const { place, writeBefore } = request;
  return stopGuard({ stopSwitch, place, ...(writeBefore !== undefined && { writeBefore }), now, pause });
}

function deployedParts(): FunctionParts {
  const documents = ledgerDocuments({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });
  return {
    stopSwitch: new StopSwitch(documents, requiredVariable('LEDGER_TABLE')),
    now: () => new Date(),
    pause: (milliseconds) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  };
}
