import { maximumTries } from '../../../ledger/transitions/maximum-tries';
import type { Answer } from '../member/remediation-result';
import { decide } from './decide';
import type { Ended } from './ended';
import { fix } from './fix';
import type { Run } from './run';
import { endUnconfirmed } from './unconfirmed';
import { stillPaused, stillUnconfirmed, workedFromLook, workedOut } from './worked';

/** How often the policy may turn out to say something else by now, before the attempt fails. */
const maximumRulings = 3;

/**
 * One attempt at an occurrence that a worker has taken: looks at the resource, decides, and has it fixed where that is
 * allowed. It records nothing but that a fix is begun, and what undoing it takes.
 * @param seen what a look a moment ago saw; it is not repeated
 * @throws LeaseLostError when another worker has taken the occurrence
 */
export async function attempt(run: Run, seen?: Answer): Promise<Exclude<Ended, { next: 'ask-anew' }>> {
  const { tries } = run.taken;
  if (tries > maximumTries) {
    const reason = `The work on this finding stopped half-way ${tries - 1} times. See the coordinator's log.`;
    return { next: 'record', worked: workedOut(run, { state: 'given-up', reason }, run.begun) };
  }
  let look = seen ?? (await run.look());
  for (let rulings = 1; ; rulings += 1) {
    const ended = await decideAndFix(run, look);
    if (ended.next !== 'ask-anew') return ended;
    run.ruling = ended.ruling;
    if (rulings >= maximumRulings) {
      const reason = 'What the policy says of the account kept changing while it was about to be fixed.';
      return { next: 'record', worked: workedOut(run, { state: 'failed', reason }, run.begun) };
    }
    look = await run.look();
  }
}

async function decideAndFix(run: Run, look: Answer): Promise<Ended> {
  const { fixBegun, undoing } = run.taken;
  const complies = look.outcome === 'already-compliant' && run.ruling.flag !== undefined;
  if (complies && (undoing || fixBegun)) return endUnconfirmed(run, look);
  const { facts, verdict, paused } = await decide(run, look);
  if (paused) return { next: 'record', worked: stillPaused(run, look, stillUnconfirmed(run, look)) };
  if (verdict) return { next: 'record', worked: workedFromLook(run, look, verdict) };
  if (fixBegun) await run.saving.load();
  return fix(run, look, facts);
}
