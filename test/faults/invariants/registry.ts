import type { Scenario } from '../scenarios/scenario';
import type { World } from '../world';
import { functionRuns } from '../writes';
import { everyChangeIsAnEvent } from './events';
import type { Invariant } from './invariant';
import { theLimitsAreRight } from './limits';
import { ordersAreAnswered } from './orders';
import { functionsReadTheStopSwitchOnly, nothingIsWrittenUnasked } from './permission';
import { reportsAreRight } from './reports';
import { theExemptionIsRight, theResourceIsRight } from './resource';
import { nothingIsLost } from './rest';
import { everyStepIsSavedBefore } from './saved-steps';
import { eachDayIsSummedUp } from './summaries';
import { timesAreSaidOneWay } from './times';

const invariants: readonly Invariant[] = [
  nothingIsLost,
  ordersAreAnswered,
  theResourceIsRight,
  theExemptionIsRight,
  nothingIsWrittenUnasked,
  functionsReadTheStopSwitchOnly,
  theLimitsAreRight,
  reportsAreRight,
  everyChangeIsAnEvent,
  everyStepIsSavedBefore,
  timesAreSaidOneWay,
  eachDayIsSummedUp,
  ({ world }) => world.aws.violations,
];

/** What does not hold after a run, one sentence each. */
export function violationsOf(scenario: Scenario, world: World): string[] {
  const records = world.records();
  const played = { scenario, world, runs: functionRuns(world.hub), records, latest: records.at(-1) };
  return invariants.flatMap((invariant) => invariant(played));
}
