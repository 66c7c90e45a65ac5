import { controls } from '../../controls/registry';
import { pageText } from './support/pages';

/** Rows of the table: number, what stands open, what becomes of it, and the reason. */
const rows = [...pageText('docs/coverage.md').matchAll(/^\| (\d+) \| (.+?) \| (.+?) \| (.+) \|$/gm)].map(
  ([, number, kind, state, reason]) => ({ number: Number(number), kind, state, reason: reason ?? '' }),
);

/** The controls that a row names. */
const namedIn = (reason: string) => [...reason.matchAll(/`([a-z0-9-]+)`/g)].map(([, id]) => id ?? '');

describe('what can stand open', () => {
  it('has fifty rows, in their order', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('says of each one of four things', () => {
    const states = ['closed by Staunch', 'closed by AWS', 'reported only', 'not yet'];
    expect(rows.filter(({ state }) => !states.includes(state ?? ''))).toEqual([]);
  });

  it('names, of what Staunch closes, controls that are there, and every one that fixes something', () => {
    const fixing = controls.filter(({ kind }) => kind === 'custom').map(({ id }) => id);
    const named = rows
      .filter(({ state }) => state === 'closed by Staunch')
      .map(({ reason }) => namedIn(reason).filter((id) => fixing.includes(id)));
    expect(named.filter((ids) => ids.length === 0)).toEqual([]);
    expect([...new Set(named.flat())].sort()).toEqual([...fixing].sort());
  });

  it('names no control where Staunch closes nothing', () => {
    const ids = new Set(controls.map(({ id }) => id));
    const wrong = rows.filter(
      ({ state, reason }) => state !== 'closed by Staunch' && namedIn(reason).some((id) => ids.has(id)),
    );
    expect(wrong).toEqual([]);
  });
});
