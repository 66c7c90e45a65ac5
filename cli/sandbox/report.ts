import type { ScenarioResult } from '../../sandbox/scenario/run';

/** The result as `--report` writes it. */
export function reportOf(result: ScenarioResult, seconds: { start: number; heal: number }) {
  return {
    ok: result.ok,
    /** Until the organization stood, and from then until it was healed. */
    seconds,
    problems: result.problems,
    /** What was planted, what became of it, and the milliseconds from the change to each stage. */
    resources: result.outcomes,
  };
}
