import { askWith, cascade, type Sources } from '../../decision/cascade';
import type { FactName, KnownFacts } from '../../decision/facts';
import { questionNames } from '../../decision/question';
import { accounts, answer, testPolicy } from '../support/findings';

const ruling = {
  flag: 'on' as const,
  decidedBy: 'the default (policy.yaml:9)',
  parameters: {},
  place: [accounts.on, 'r-root'],
};
const known: KnownFacts = {
  now: new Date('2026-11-23T10:00:00.000Z'),
  policy: testPolicy,
  ruling,
  region: 'eu-west-1',
  watched: true,
  writes: [],
};
const stop = { scope: 'r-root', reason: 'An incident', by: 'ada', at: '2026-11-23T09:00:00.000Z' };

/** Sources of a world in which nothing holds a fix, and which of them were asked. */
function sources(more: Sources = {}): { asked: FactName[]; sources: Sources } {
  const all: Required<Sources> = {
    openFindings: async () => 0,
    look: async () => answer('planned'),
    undone: async () => 'none',
    tagSeen: async () => 'none',
    watch: async () => 'unknown',
    stops: async () => [],
    names: async () => ({ unresolved: [], lost: [] }),
    earlierWrites: async () => [],
    refusal: async () => 'none',
    limit: async () => 'none',
    freshRuling: async () => ruling,
    ...more,
  };
  const asked: FactName[] = [];
  const noted = Object.entries(all).map(([name, source]) => [
    name,
    (facts: KnownFacts) => {
      asked.push(name as FactName);
      return source(facts);
    },
  ]);
  return { asked, sources: Object.fromEntries(noted) };
}

describe('the cascade', () => {
  it('asks its questions in the order of their names, each once', () => {
    expect(cascade.map(({ name }) => name)).toEqual(questionNames);
  });

  it('finds out each fact right before the question that needs it, the limit and the place last', async () => {
    const { asked, sources: all } = sources();
    const { course, trace } = await askWith(cascade, known, all);
    expect(course).toBeUndefined();
    expect(trace).toHaveLength(questionNames.length);
    expect(asked).toEqual([
      'look',
      'undone',
      'watch',
      'stops',
      'names',
      'earlierWrites',
      'refusal',
      'limit',
      'freshRuling',
    ]);
  });

  it('reads nothing, and takes nothing out of a limit, for a question that is not reached', async () => {
    const paused = sources({ stops: async () => [stop] });
    const { course, trace } = await askWith(cascade, known, paused.sources);
    expect(course).toMatchObject({ do: 'record', state: 'held', heldBy: 'stop' });
    expect(trace.at(-1)).toMatchObject({ asked: 'stop', decides: true });
    expect(paused.asked).toEqual(['look', 'undone', 'watch', 'stops']);

    const compliant = sources({ look: async () => answer('already-compliant') });
    await askWith(cascade, known, compliant.sources);
    expect(compliant.asked).toEqual(['look']);
  });

  it('decides anew where the policy says something else of it right before the fix', async () => {
    const moved = { ...ruling, flag: 'off' as const };
    const { sources: all } = sources({ freshRuling: async () => moved });
    expect((await askWith(cascade, known, all)).course).toEqual({ do: 'ask-anew', ruling: moved });
  });

  it('decides nothing without what it has to know', async () => {
    const { stops: _stops, ...rest } = sources().sources;
    await expect(askWith(cascade, known, rest)).rejects.toThrow('Nobody can tell stops.');
  });
});
