import type { FindingRuling } from '../../../decision/finding-ruling';
import type { HeldVerdict, Verdict } from '../../../decision/verdict';
import type { Ledger } from '../../../ledger/findings/ledger';
import type { FindingRecord, RecordIn } from '../../../ledger/findings/record';
import type { WaitingScopes } from '../../../ledger/limits/waiting-scopes';
import { parseWaitsFor } from '../../../ledger/limits/waits-for';
import { counts } from '../../../ledger/transitions/decide';
import { restOn } from '../../../ledger/transitions/rest';
import type { Gate } from '../deciding/gate';

/** What is asked of a finding that rests. */
export interface RestingParts {
  ledger: Pick<Ledger, 'change' | 'setApprovalTimer'>;
  waitingScopes: Pick<WaitingScopes, 'note'>;
  gate: Pick<Gate, 'stopped' | 'limited'>;
  now: () => Date;
}

/** What is held for something that is not over is not even looked at, unless its approval has expired. */
export async function goesOnResting(
  record: FindingRecord,
  ruling: FindingRuling,
  { ledger, waitingScopes, gate, now }: RestingParts,
): Promise<boolean> {
  if (!isHeldStill(record)) return false;
  if (record.decision && !counts(record.decision, now())) return false;
  const verdict = await heldNow(record, ruling, gate);
  if (verdict?.state !== 'held') return false;
  if (verdict.waitsFor !== undefined) {
    await waitingScopes.note(verdict.waitsFor, now());
    await ledger.setApprovalTimer(record);
  }
  const rested = await ledger.change(record, (fresh) =>
    isHeldStill(fresh) && !isSameRest(fresh, verdict) ? restOn(fresh, verdict) : undefined,
  );
  return isHeldStill(rested);
}

/** What holds a finding now that was held for the switch, a freeze, names or a limit. */
async function heldNow(
  { heldBy, waitsFor, identity }: RecordIn<'held'>,
  ruling: FindingRuling,
  gate: RestingParts['gate'],
): Promise<Verdict | undefined> {
  // What waits for a conflict's end is due; what was not even seen is looked at, whatever would hold its fix.
  if (heldBy === 'conflict' || heldBy === 'account' || heldBy === 'places' || heldBy === 'frozen')
    return undefined;
  const stopped = await gate.stopped(ruling);
  if (stopped || (waitsFor !== undefined && parseWaitsFor(waitsFor)?.kind !== 'limit')) return stopped;
  return heldBy === 'limit' ? gate.limited(identity, ruling) : undefined;
}

function isHeldStill(record: FindingRecord): record is RecordIn<'held'> {
  return record.state === 'held' && !record.revisit;
}

function isSameRest({ heldBy, waitsFor, lookAgainAt }: RecordIn<'held'>, verdict: HeldVerdict): boolean {
  return heldBy === verdict.heldBy && waitsFor === verdict.waitsFor && lookAgainAt === verdict.lookAgainAt;
}
