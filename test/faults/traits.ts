import { memberServices } from './aws/replaced-send';
import type { Call } from './call';
import { type Disturbance, isReading } from './disturbances';
import { describeFault } from './fault';
import type { Pair } from './replay';
import { scenarios } from './scenarios/registry';
import type { Scenario } from './scenarios/scenario';

/** One fault at one call of a scenario that is played with a resource type. */
export interface SingleFault extends Disturbance, Pair {
  /** Which of the scenario's disturbed calls of its command it is, from 1. */
  nth: number;
}

/** The faults of a scenario, each with the place of its call among those of its command. */
export function singleFaultsOf(
  pair: Pair,
  calls: readonly Call[],
  disturbances: readonly Disturbance[],
): SingleFault[] {
  const counts = new Map<string, number>();
  const nth = new Map<Call, number>();
  for (const call of calls) {
    const command = `${call.service} ${call.command}`;
    const count = (counts.get(command) ?? 0) + 1;
    counts.set(command, count);
    nth.set(call, count);
  }
  return disturbances.map((disturbance) => ({
    ...pair,
    ...disturbance,
    nth: nth.get(disturbance.call) ?? 0,
  }));
}

/** Of so many calls of a scenario, one has to meet a fault; `npm run test:deep` has every fault at each of them. */
const callsInTurn = 3;

/**
 * What has to occur, whatever the number of resource types:
 *
 * - each scenario with each type;
 * - every third call of each scenario, with a fault of some kind, and with one of the types; scenarios begin alike, and take turns
 *   with their calls; of one look's readings one is enough;
 * - each kind of fault in each scenario, at some call, with one of the types;
 * - each kind of fault at each write of each type, and a failure and a death at each of its readings; the same for what Staunch asks
 *   of its own services, which is alike for all types.
 */
export function traitsOf({ type, scenario, call, fault, nth }: SingleFault): string[] {
  const kind = isReading(call) && fault.kind.startsWith('killed') ? 'death' : 'failure';
  const own = isReading(call) ? kind : describeFault(fault);
  const whose = memberServices.includes(call.service) ? type.name : 'any';
  const likeness = likenessOf(call);
  return [
    ['pair', type.name, scenario.name],
    ...(isItsTurn(scenario, likeness, nth) ? [['call', scenario.name, likeness, nth]] : []),
    ['fault', scenario.name, describeFault(fault)],
    ['command', whose, call.service, call.command, own],
  ].map((parts) => parts.join(' | '));
}

/** Whether a call is one of those that the scenario has to disturb: the next scenario has others of the same kind. */
function isItsTurn(scenario: Scenario, likeness: string, nth: number): boolean {
  return (scenarios.indexOf(scenario) + likeness.length + nth) % callsInTurn === 0;
}

/** What calls of different resource types have in common: readings of a resource are alike, and so are writes. */
function likenessOf(call: Call): string {
  if (!memberServices.includes(call.service)) return `${call.service} ${call.command}`;
  return isReading(call) ? 'reading' : 'write';
}
