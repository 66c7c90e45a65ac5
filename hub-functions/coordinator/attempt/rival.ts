import { utc } from '../../../core/utc';
import type { Verdict } from '../../../decision/verdict';
import type { Run } from './run';

/** A conflict is with somebody: where it is known with whom, the verdict says it, once an occurrence. */
export async function withRival(run: Run, verdict: Verdict): Promise<Verdict> {
  if (verdict.state !== 'held' || verdict.heldBy !== 'conflict') return verdict;
  const { heldBy, reason = '' } = run.taken;
  const known = / Last changed by .*$/.exec(heldBy === 'conflict' ? reason : '')?.[0];
  if (known) return { ...verdict, reason: `${verdict.reason}${known}` };
  const { lastChange } = await run.ask({ mode: 'plan', tellLastChange: true });
  if (!lastChange) return verdict;
  const { by, event, at } = lastChange;
  return { ...verdict, reason: `${verdict.reason} Last changed by ${by} (${event}) at ${utc(at)}.` };
}
