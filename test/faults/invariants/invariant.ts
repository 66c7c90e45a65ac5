import type { FindingRecord } from '../../../ledger/findings/record';
import type { Scenario } from '../scenarios/scenario';
import type { World } from '../world';
import type { FunctionRun } from '../writes';

/** What is left of a run, to be judged. */
export interface Played {
  scenario: Scenario;
  world: World;
  /** Every occurrence of the finding, the oldest first. */
  records: readonly FindingRecord[];
  latest: FindingRecord | undefined;
  runs: readonly FunctionRun[];
}

/** Something that holds after every run. @returns what does not, one sentence each */
export type Invariant = (played: Played) => string[];
