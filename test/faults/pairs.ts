import type { Pair } from './replay';
import type { ResourceType } from './resource-types/resource-type';
import { scenarios } from './scenarios/registry';
import type { Scenario } from './scenarios/scenario';

/** `npm test` plays a scenario that is like for all types with about so many of them. */
const typesInTurn = 4;

/** Each scenario with each resource type that has something of the kind. */
export function pairsOf(types: readonly ResourceType[]): Pair[] {
  return types.flatMap((type) => scenariosOf(type).map((scenario) => ({ type, scenario })));
}

/** The scenarios that a resource type can be played with. */
export function scenariosOf({ variants }: ResourceType): readonly Scenario[] {
  return scenarios.filter(({ variant }) => variants.includes(variant));
}

/** The same with some of the types where a scenario is like for all: every type has its turn with some of these scenarios. */
export function pairsInTurn(types: readonly ResourceType[]): Pair[] {
  return pairsOf(types).filter(({ type, scenario }) => {
    const turn = types.indexOf(type) + scenarios.indexOf(scenario);
    return !scenario.isLikeForAllTypes || turn % Math.ceil(types.length / typesInTurn) === 0;
  });
}
