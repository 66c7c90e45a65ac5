import {
  deputyCountSchema,
  longestDeputyName,
  mostDeputiesNamed,
  withDeputies,
} from '../../core/deputy-count';

const control = 'sqs-public-policy';

describe('the count of confused deputies', () => {
  it('names the first by their ids, whatever the order, and counts the others', () => {
    const ids = Array.from({ length: 25 }, (_, index) => `queue-${String(index).padStart(2, '0')}`);
    const all = withDeputies(
      [],
      ids.map((id) => ({ control, id })),
    );
    const backwards = ids
      .reverse()
      .reduce((known, id) => withDeputies(known, [{ control, id }]), withDeputies([], []));

    expect(all).toMatchObject([{ control, count: 25 }]);
    expect(all[0]?.named).toHaveLength(mostDeputiesNamed);
    expect(all[0]?.named[0]).toBe('queue-00');
    expect(backwards).toEqual(all);
  });

  it('keeps an id of any length within what the record takes', () => {
    const [one] = withDeputies([], [{ control, id: 'x'.repeat(5_000) }]);

    expect(one?.named[0]).toHaveLength(longestDeputyName);
    expect(deputyCountSchema.safeParse(one).success).toBe(true);
  });
});
