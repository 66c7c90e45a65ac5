import { askWith, courseQuestions } from '../../../decision/cascade';
import type { Facts } from '../../../decision/facts';
import { verdictOf } from '../../../decision/question';
import type { Verdict } from '../../../decision/verdict';
import type { Answer } from '../member/remediation-result';
import type { Run } from './run';

/** Whether a resource is to be fixed. */
export interface Decided {
  facts: Facts;
  /** Absent where it is to be fixed. */
  verdict?: Verdict;
  /** The pause after a failure decided. */
  paused: boolean;
}

/** Asks the cascade whether the resource is to be fixed, as far as its look tells: the gate may hold the fix yet. */
export async function decide(run: Run, look: Answer): Promise<Decided> {
  const { facts, trace, course } = await askWith(courseQuestions, run.facts(look), run.exemptionSources());
  const verdict = verdictOf(course);
  const paused = trace.some(({ asked, decides }) => asked === 'retry' && decides);
  return { facts, paused, ...(verdict && { verdict }) };
}
