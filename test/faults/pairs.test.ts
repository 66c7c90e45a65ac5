import { pairsInTurn, pairsOf } from './pairs';
import { resourceTypesUnderFaults as types } from './resource-types/registry';
import { scenarios } from './scenarios/registry';

const isLike = ({ scenario }: ReturnType<typeof pairsOf>[number]) => scenario.isLikeForAllTypes === true;

describe('scenarios in turn', () => {
  const pairs = pairsInTurn(types);

  it('are all there, and those that are not like for all types with every type', () => {
    expect(new Set(pairs.map(({ scenario }) => scenario))).toEqual(new Set(scenarios));
    expect(pairs.filter((pair) => !isLike(pair))).toEqual(pairsOf(types).filter((pair) => !isLike(pair)));
  });

  it('are four types each where they are like for all, and every type has its turn', () => {
    const like = pairs.filter(isLike);
    for (const scenario of scenarios.filter(({ isLikeForAllTypes }) => isLikeForAllTypes)) {
      expect(like.filter((pair) => pair.scenario === scenario)).toHaveLength(4);
    }
    for (const type of types) expect(like.filter((pair) => pair.type === type).length).toBeGreaterThan(5);
  });

  it('are all there for a type that is played alone', () => {
    expect(pairsInTurn(types.slice(2, 3))).toEqual(pairsOf(types.slice(2, 3)));
  });
});
