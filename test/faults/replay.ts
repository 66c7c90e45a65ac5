import type { Fault } from './fault';
import { type FaultPlan, faultAt, together } from './faults';
import { violationsOf } from './invariants/registry';
import { play } from './play';
import { randomFrom } from './random';
import { resourceTypesUnderFaults } from './resource-types/registry';
import type { ResourceType } from './resource-types/resource-type';
import { interleaving } from './scenarios/interleaving';
import { scenarios } from './scenarios/registry';
import type { Scenario } from './scenarios/scenario';
import { inRandomOrder } from './turns';
import type { World } from './world';

/** A scenario that is played with a resource type. */
export interface Pair {
  type: ResourceType;
  scenario: Scenario;
}

/** Faults by the number of the call that meets each. */
export type FaultsAt = readonly (readonly [number: number, fault: Fault])[];

/** One run, and what does not hold after it. */
export interface Run {
  world?: World;
  violations: string[];
}

/** Plays a scenario with faults. @returns what does not hold after it */
export async function replay(
  typeName: string,
  scenarioName: string,
  faults: FaultsAt = [],
): Promise<string[]> {
  const scenario = scenarios.find(({ name }) => name === scenarioName);
  if (!scenario) throw new Error(`There is no scenario "${scenarioName}".`);
  return (await run(scenario, typeNamed(typeName), faults)).violations;
}

/** Plays a random interleaving with faults. @returns what does not hold after it */
export async function replayInterleaving(
  typeName: string,
  seed: number,
  faults: FaultsAt = [],
): Promise<string[]> {
  return (await runInterleaving(typeNamed(typeName), seed, faults)).violations;
}

/** Plays a scenario with faults. */
export function run(scenario: Scenario, type: ResourceType, faults: FaultsAt): Promise<Run> {
  return judged(scenario, () => play(scenario, type, { plan: planOf(faults) }));
}

/** Plays the interleaving of a seed, whose calls take turns in an order of the same seed. */
export function runInterleaving(type: ResourceType, seed: number, faults: FaultsAt): Promise<Run> {
  const scenario = interleaving(seed, type.variants);
  const choose = inRandomOrder(randomFrom(seed));
  return judged(scenario, () => play(scenario, type, { plan: planOf(faults), choose, seed }));
}

async function judged(scenario: Scenario, playing: () => Promise<World>): Promise<Run> {
  try {
    const world = await playing();
    return { world, violations: violationsOf(scenario, world) };
  } catch (error) {
    return { violations: [`It cannot be played: ${String((error as Error).stack)}`] };
  }
}

function planOf(faults: FaultsAt): FaultPlan {
  return together(...faults.map(([number, fault]) => faultAt(number, fault)));
}

function typeNamed(typeName: string): ResourceType {
  const type = resourceTypesUnderFaults.find(({ name }) => name === typeName);
  if (type) return type;
  throw new Error(`There is no resource type "${typeName}".`);
}
