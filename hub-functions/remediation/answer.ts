import { gunzipSync } from 'node:zlib';
import type { RemediationResult } from '../../core/remediation';
import { savedHistoryFrom } from '../../ledger/saved/saved-history';
import type { Adapter } from '../../resources/kit/live-resource';
import { applyFix } from './apply';
import { lastChangeBy } from './last-change';
import type { FunctionParts } from './parts';
import { planFix } from './plan';
import type { CheckedRequest } from './request';
import { stopGuard } from './stop-guard';
import { undo } from './undo';

/**
 * Answers one request: plans, fixes or undoes.
 * @param signal cuts its calls off
 */
export async function answerTo(
  { request, control, parameters }: CheckedRequest,
  adapter: Adapter,
  parts: FunctionParts,
  signal: AbortSignal,
): Promise<RemediationResult> {
  const { finding, credentials } = request;
  const mayWrite = guardOf(request, parts);
  const live = adapter.open({ finding, credentials, signal, mayWrite });
  const task = { control, parameters, live, pause: parts.pause };
  try {
    switch (request.mode) {
      case 'plan': {
        const planned = await planFix(task);
        return request.tellLastChange ? await withLastChange(planned, request, signal) : planned;
      }
      case 'apply': {
        const { fix, applyLossy, unfinished } = request;
        return await applyFix({ ...task, ...(fix && { fix }), applyLossy, unfinished });
      }
      case 'undo': {
        const history = savedHistoryFrom(gunzipSync(Buffer.from(request.history, 'base64')).toString());
        return await undo({ ...task, planUndo: adapter.planUndo, history });
      }
    }
  } finally {
    live.close();
  }
}

async function withLastChange(
  planned: RemediationResult,
  { finding, credentials }: CheckedRequest['request'],
  signal: AbortSignal,
): Promise<RemediationResult> {
  const lastChange = await lastChangeBy({ finding, credentials, signal });
  if (!lastChange) return planned;
  return { ...planned, lastChange: { ...lastChange, at: lastChange.at.toISOString() } };
}

/** Undoing works while Staunch is stopped; a plan writes nothing. */
function guardOf(
  request: CheckedRequest['request'],
  { stopSwitch, now, pause }: FunctionParts,
): () => Promise<void> {
  if (request.mode !== 'apply') return async () => {};
  const { place, writeBefore } = request;
  return stopGuard({ stopSwitch, place, ...(writeBefore !== undefined && { writeBefore }), now, pause });
}
