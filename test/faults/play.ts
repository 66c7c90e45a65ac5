import type { FaultPlan } from './faults';
import type { ResourceType } from './resource-types/resource-type';
import type { Scenario } from './scenarios/scenario';
import { atOnce, type Choice } from './turns';
import { World } from './world';

/** What may differ from run to run. */
export interface PlayOptions {
  plan?: FaultPlan;
  choose?: Choice | undefined;
  seed?: number;
}

/** Longer than any function lasts. */
const longest = 200_000;

/** Plays a scenario to its end, and lets it come to rest. */
export async function play(
  scenario: Scenario,
  type: ResourceType,
  { plan, choose = atOnce, seed }: PlayOptions = {},
): Promise<World> {
  const { variant, accountId, policy } = scenario;
  const world = new World({
    type,
    variant,
    choose,
    ...(accountId !== undefined && { accountId }),
    ...(policy && { policy }),
    ...(plan && { plan }),
    ...(seed !== undefined && { seed }),
  });
  const restore = world.aws.install();
  try {
    await scenario.run(world);
    await world.rest();
    // What still runs ends, and what it left is taken up.
    await world.hub.pass(longest);
    await world.rest();
  } finally {
    restore();
  }
  return world;
}
