import { present } from '../../../core/present';
import { verdictOnFix } from '../../../decision/result-verdict';
import type { Verdict } from '../../../decision/verdict';
import type { Answer } from '../member/remediation-result';
import type { Run } from './run';

/**
 * The verdict after a fix was tried. A function that met the stop switch does not say which stop it was: that one wakes the
 * finding once it is over.
 */
export async function verdictAfterFix(run: Run, answer: Answer): Promise<Verdict> {
  const verdict = verdictOnFix(answer);
  if (answer.outcome !== 'stopped' || verdict.state !== 'held') return verdict;
  const stopped = await run.parts.gate.stopped(run.ruling);
  if (stopped?.state !== 'held') return verdict;
  const { waitsFor, lookAgainAt } = stopped;
  return { ...verdict, ...present({ waitsFor, lookAgainAt }) };
}
