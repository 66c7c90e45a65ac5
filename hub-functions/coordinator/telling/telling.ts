import type { CompiledPolicy } from '../../../config/compiled';
import { findingId } from '../../../core/finding';
import { isOpen } from '../../../core/states';
import { isMissed, isOfFirstPatrol } from '../../../decision/past';
import { pastOf } from '../../../decision/record-facts';
import type { CoverageStore } from '../../../ledger/coverage/coverage';
import { typeWatchOf } from '../../../ledger/coverage/type-watch';
import { patrolMilliseconds } from '../../../ledger/coverage/watched-places';
import type { Received } from '../../../ledger/findings/record';
import type { Baselines } from '../../../ledger/limits/baselines';
import { parseWaitsFor } from '../../../ledger/limits/waits-for';
import type { UnreachableAccounts } from '../../../ledger/organization/unreachable-accounts';
import type { ToldFailures } from '../../../ledger/told/told-failures';
import { decisionToTell } from '../../../ledger/transitions/decision-after';
import { isDecidedAnew, isNews } from '../../../ledger/transitions/news';
import type { FailedOutcome, Outcome, Told } from '../../../ledger/transitions/outcome';
import type { Log } from '../log';

/** What telling takes. */
export interface TellingParts {
  policy: CompiledPolicy;
  toldFailures: Pick<ToldFailures, 'note'>;
  unreachableAccounts: Pick<UnreachableAccounts, 'note'>;
  baselines: Pick<Baselines, 'note'>;
  coverage: Pick<CoverageStore, 'read'>;
  log: Log;
  now: () => Date;
}

/** How people hear of a finding: by its report, together with others of its account, or not at all. */
export async function howTold(
  record: Received,
  outcome: Outcome,
  parts: TellingParts,
): Promise<Told['told']> {
  // What a person decided is told by itself, wherever it was decided.
  if (isDecidedAnew(record, decisionToTell(record, outcome, parts.now()))) return undefined;
  if (outcome.state === 'failed' || outcome.state === 'given-up') {
    return howFailureIsTold(record, outcome, parts);
  }
  if (!isOpen(outcome.state) || !isNews(record, outcome)) return undefined;
  const { identity, occurrence } = record;
  const finding = findingId(identity, occurrence);
  try {
    if (!(await isOfBaseline(record, parts))) return undefined;
    const { control } = identity;
    await parts.baselines.note(identity.accountId, finding, { control, state: outcome.state }, parts.now());
    return 'together';
  } catch (error) {
    parts.log.warn('A finding is told alone: it could not be noted', { finding, error: String(error) });
    return undefined;
  }
}

/** Whether people hear for the first time of what was there before anybody could have told of it. */
async function isOfBaseline(record: Received, { policy, coverage, now }: TellingParts): Promise<boolean> {
  if (record.lastReported !== undefined || Object.keys(record.pendingReports).length > 0) return false;
  const past = pastOf(record);
  if (isMissed(past, now())) return true;
  const { accountId, region, resourceType } = record.identity;
  const watch = typeWatchOf(await coverage.read({ accountId, region }), resourceType);
  return isOfFirstPatrol(past, watch, patrolMilliseconds(policy));
}

async function howFailureIsTold(
  record: Received,
  outcome: FailedOutcome,
  { policy, toldFailures, log, now }: TellingParts,
): Promise<Told['told']> {
  if (!matters(outcome, policy) && !record.fixBegun && !record.undoing) return 'not';
  if (!isNews(record, outcome)) return undefined;
  const { identity, occurrence } = record;
  const finding = findingId(identity, occurrence);
  try {
    const how = await toldFailures.note(identity.accountId, finding, outcome.reason ?? '', now());
    return how === 'together' ? how : undefined;
  } catch (error) {
    log.warn('A failure is told alone, since it could not be counted', { finding, error: String(error) });
    return undefined;
  }
}

/** Where something would be fixed, people hear that its account cannot be reached; once, and not finding by finding. */
export async function noteUnreachable(
  outcome: Outcome,
  { policy, unreachableAccounts, now }: TellingParts,
): Promise<void> {
  if (outcome.state !== 'held' || outcome.heldBy !== 'account' || !matters(outcome, policy)) return;
  const waitsFor = parseWaitsFor(outcome.waitsFor ?? '');
  if (waitsFor?.kind === 'account') await unreachableAccounts.note(waitsFor, now());
}

/** Whether anybody wants to hear that a resource cannot be looked at: not where nothing would be fixed anyway. */
function matters({ flag }: Outcome, policy: CompiledPolicy): boolean {
  return flag === undefined ? mayBeOn(policy) : flag !== 'off';
}

/** Whether the policy asks for more than reports anywhere. */
function mayBeOn({ default: fallback, organizationalUnits, accounts }: CompiledPolicy): boolean {
  const levels = [fallback, ...Object.values(organizationalUnits), ...Object.values(accounts)];
  return levels
    .flatMap(({ flag, controls }) => [flag, ...Object.values(controls).map((control) => control.flag)])
    .some((flag) => flag !== undefined && flag !== 'off');
}
