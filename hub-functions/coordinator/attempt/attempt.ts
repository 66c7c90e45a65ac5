import { cut } from '../../../core/cut';
import { ask } from '../../../decision/cascade';
import { verdictOf } from '../../../decision/question';
import { triesQuestion } from '../../../decision/tries-question';
import type { Answer } from '../member/remediation-result';
import { decide } from './decide';
import type { Ended } from './ended';
import { fix } from './fix';
import type { Run } from './run';
import { endUnconfirmed } from './unconfirmed';
import { stillPaused, unseen, workedFromLook } from './worked';

/** How often the policy may turn out to say something else by now, before the attempt fails. */
const maximumRulings = 3;

/**
 * One attempt at an occurrence that a worker has taken: looks at the resource, decides, and has it fixed where that is
 * allowed. It records nothing but that a fix is begun, and what undoing it takes.
 * @param seen what a look a moment ago saw; it is not repeated
 * @throws LeaseLostError when another worker has taken the occurrence
 */
export async function attempt(run: Run, seen?: Answer): Promise<Exclude<Ended, { next: 'ask-anew' }>> {
  const tooOften = verdictOf(ask([triesQuestion], run.known()).course);
  if (tooOften) return { next: 'record', worked: unseen(run, tooOften) };
  let look = seen ?? (await run.look());
  for (let rulings = 1; ; rulings += 1) {
    const ended = await decideAndFix(run, look);
    if (ended.next !== 'ask-anew') return ended;
    run.ruling = ended.ruling;
    if (rulings >= maximumRulings) {
      const reason = 'What the policy says of the account kept changing while it was about to be fixed.';
      return { next: 'record', worked: unseen(run, { state: 'failed', reason }) };
    }
    look = await run.look();
  }
}

/** How many characters of a stack's name are kept; no name is longer. */
const longestStack = 128;

async function decideAndFix(run: Run, look: Answer): Promise<Ended> {
  const { fixBegun, undoing } = run.taken;
  run.stack = look.stack === undefined ? run.stack : cut(look.stack, longestStack);
  run.tags = look.tags ?? run.tags;
  const complies = look.outcome === 'already-compliant' && run.ruling.flag !== undefined;
  if (complies && (undoing || fixBegun)) return endUnconfirmed(run, look);
  const { facts, verdict, paused } = await decide(run, look);
  if (paused) return { next: 'record', worked: workedFromLook(run, look, stillPaused(run)) };
  if (verdict) return { next: 'record', worked: workedFromLook(run, look, verdict) };
  if (fixBegun) await run.saving.load();
  return fix(run, look, facts);
}
