import type { Call } from './call';
import { covering } from './covering';
import { type Disturbance, differentDisturbances, everyDisturbance } from './disturbances';
import { type Fault, faultKinds } from './fault';
import { pairsInTurn, pairsOf, scenariosOf } from './pairs';
import { randomFrom } from './random';
import { type FaultsAt, type Pair, type Run, run, runInterleaving } from './replay';
import { playedTypes } from './resource-types/played';
import { scenarios } from './scenarios/registry';
import { Tally } from './tally';
import { type SingleFault, singleFaultsOf, traitsOf } from './traits';
import type { World } from './world';

const types = playedTypes();
const pairs = pairsOf(types);

/** A part of all scenarios, so that several workers share them: that many shares, numbered from 0. */
export interface Share {
  share: number;
  of: number;
}

/**
 * Every scenario, and the types whose turn it is, with single faults: of those that do not come to the same, the ones that it takes
 * for everything of `traits.ts` to occur. Two halves together have all of them.
 * @returns the runs that failed
 */
export function sampledSingleFaults(half: 0 | 1): Promise<string[]> {
  return singleFaults({
    share: { share: 0, of: 1 },
    name: `Sampled single faults, half ${half + 1} of 2`,
    played: pairsInTurn(types),
    endOf: ({ ended }) => ended,
    select: differentDisturbances,
    sample: (faults) => covering(faults, traitsOf, randomFrom(1)).filter((_, index) => index % 2 === half),
  });
}

/** Every scenario with every fault at every call, to its end. @returns the runs that failed */
export function everySingleFault(share: Share): Promise<string[]> {
  return singleFaults({
    share,
    name: 'Single faults',
    played: pairs,
    endOf: () => Infinity,
    select: everyDisturbance,
    sample: (faults) => faults,
  });
}

async function singleFaults({
  share: { share, of },
  name,
  played,
  endOf,
  select,
  sample,
}: {
  share: Share;
  name: string;
  played: readonly Pair[];
  endOf: (world: World) => number;
  select: (calls: readonly Call[]) => Disturbance[];
  sample: (faults: readonly SingleFault[]) => readonly SingleFault[];
}): Promise<string[]> {
  const tally = new Tally(`${name}, ${share + 1} of ${of}`);
  const faults: SingleFault[] = [];
  for (const pair of played.filter(({ scenario }) => scenarios.indexOf(scenario) % of === share)) {
    const calls = await undisturbed(pair, tally, endOf);
    faults.push(...singleFaultsOf(pair, calls, select(calls)));
  }
  for (const { call, fault, ...pair } of sample(faults)) await playInto(tally, pair, [[call.number, fault]]);
  return tally.end();
}

/**
 * Two scenarios of each resource type, chosen by the seed, with every two faults of which the second is at one of the calls right
 * after the first.
 * @param window how many calls after the first
 * @returns the runs that failed
 */
export async function everyDoubleFault(seed: number, window: number): Promise<string[]> {
  const tally = new Tally(`Double faults of seed ${seed}`);
  const random = randomFrom(seed);
  for (const type of types) {
    for (const scenario of chosen(scenariosOf(type), 2, random)) {
      const pair = { type, scenario };
      const disturbances = differentDisturbances(await undisturbed(pair, tally));
      for (const one of disturbances) {
        const close = ({ call: { number } }: Disturbance) =>
          number > one.call.number && number <= one.call.number + window;
        for (const other of disturbances.filter(close)) {
          await playInto(
            tally,
            pair,
            [one, other].map(({ call, fault }) => [call.number, fault] as const),
          );
        }
      }
    }
  }
  return tally.end();
}

/** Random scenarios with two random faults. @returns the runs that failed */
export async function randomDoubleFaults(count: number, seed: number): Promise<string[]> {
  const tally = new Tally(`Random double faults of seed ${seed}`);
  const random = randomFrom(seed);
  const known = new Map<Pair, readonly Call[]>();
  for (let runs = 0; runs < count; runs += 1) {
    const [pair] = chosen(pairs, 1, random);
    if (!pair) break;
    const calls = known.get(pair) ?? (await undisturbed(pair, tally));
    known.set(pair, calls);
    await playInto(tally, pair, randomFaults(2, calls.at(-1)?.number ?? 1, random));
  }
  return tally.end();
}

/** Random interleavings, every other one with a random fault. @returns the runs that failed */
export async function randomInterleavings(count: number, firstSeed: number): Promise<string[]> {
  const tally = new Tally(`Interleavings from seed ${firstSeed}`);
  for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
    const type = types[seed % types.length];
    if (!type) break;
    const faults = seed % 4 < 2 ? [] : randomFaults(1, 200, randomFrom(seed));
    const ended = await runInterleaving(type, seed, faults);
    tally.scenario(ended.world?.aws.calls.made.length ?? 0);
    tally.add(`replayInterleaving('${type.name}', ${seed}`, faults, ended);
  }
  return tally.end();
}

/**
 * The calls of a scenario that are disturbed; without a fault it has to hold as well.
 * @param endOf the number of the last one; default: the last of all
 */
async function undisturbed(
  pair: Pair,
  tally: Tally,
  endOf: (world: World) => number = () => Infinity,
): Promise<readonly Call[]> {
  const { world } = await playInto(tally, pair, []);
  const calls = world?.aws.calls.made.slice(world.begun, endOf(world)) ?? [];
  tally.scenario(calls.length);
  return calls;
}

async function playInto(tally: Tally, { scenario, type }: Pair, faults: FaultsAt): Promise<Run> {
  const ended = await run(scenario, type, faults);
  tally.add(`replay('${type.name}', '${scenario.name}'`, faults, ended);
  return ended;
}

/** @param last the number of the last call; a disturbed run may have more */
function randomFaults(count: number, last: number, random: () => number): FaultsAt {
  return Array.from({ length: count }, () => [1 + Math.floor(random() * last * 1.2), randomFault(random)]);
}

function randomFault(random: () => number): Fault {
  const [kind = 'throttled'] = chosen(faultKinds, 1, random);
  if (!kind.startsWith('killed')) return { kind };
  const [dies = 'itself'] = chosen(['itself', 'caller'] as const, 1, random);
  const [inFlight = 'runs-on'] = chosen(['runs-on', 'dies-too'] as const, 1, random);
  const [seenAs = 'crash'] = chosen(['crash', 'timeout', 'broken-connection'] as const, 1, random);
  return { kind, dies, inFlight, seenAs };
}

function chosen<Thing>(things: readonly Thing[], count: number, random: () => number): Thing[] {
  const left = [...things];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
}
