import fc from 'fast-check';
import { fairly } from '../../../../hub-functions/coordinator/sweep/fair-order';

interface Thing {
  owner: string;
  number: number;
}
const ownerOf = ({ owner }: Thing) => owner;
const things = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 80 })
  .map((owners) => owners.map((owner, number): Thing => ({ owner, number })));
const seed = 20_261_123;

describe('fairly', () => {
  it('takes the first of each, then the second of each', () => {
    const all = [...'aaaabbc'].map((owner, number) => ({ owner, number }));
    expect(fairly(all, ownerOf).map(({ owner, number }) => `${owner}${number}`)).toEqual(
      'a0 b4 c6 a1 b5 a2 a3'.split(' '),
    );
  });

  it('loses nothing, and keeps the order of each one’s own', () => {
    fc.assert(
      fc.property(things, (all) => {
        const turns = fairly(all, ownerOf);
        expect(turns.toSorted((one, other) => one.number - other.number)).toEqual(all);
        for (const owner of new Set(all.map(ownerOf))) {
          const own = turns.filter((thing) => thing.owner === owner).map(({ number }) => number);
          expect(own).toEqual(own.toSorted((one, other) => one - other));
        }
      }),
      { seed },
    );
  });

  it('lets nobody wait for more than one of each other between two of their own', () => {
    fc.assert(
      fc.property(things, (all) => {
        const taken = new Map<string, number>();
        const left = new Map<string, number>();
        for (const { owner } of all) left.set(owner, (left.get(owner) ?? 0) + 1);
        for (const { owner } of fairly(all, ownerOf)) {
          const before = taken.get(owner) ?? 0;
          // Whoever has something left has had as many turns as this one, or is about to.
          for (const [other, count] of left) {
            const had = taken.get(other) ?? 0;
            if (had < count) expect(had).toBeGreaterThanOrEqual(before);
          }
          taken.set(owner, before + 1);
        }
      }),
      { seed },
    );
  });
});
