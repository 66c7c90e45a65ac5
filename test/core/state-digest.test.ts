import type { Json } from '../../core/json';
import { stateDigest } from '../../core/state-digest';

describe('stateDigest', () => {
  it('is the same in whatever order AWS lists things, at any depth', () => {
    const one: Json = { rules: [{ id: 'sgr-1', tags: ['a', 'b'] }, { id: 'sgr-2' }], name: 'g' };
    const other: Json = { name: 'g', rules: [{ id: 'sgr-2' }, { tags: ['b', 'a'], id: 'sgr-1' }] };
    expect(stateDigest(one)).toBe(stateDigest(other));
    expect(stateDigest(one)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is the same after the state crossed a border as JSON', () => {
    const state: Json = { text: 'ü "quoted" \u2028', none: null, empty: '', list: [] };
    expect(stateDigest(JSON.parse(JSON.stringify(state)))).toBe(stateDigest(state));
  });

  it('tells everything else apart', () => {
    const states: Json[] = [
      null,
      'null',
      '',
      0,
      '0',
      false,
      [],
      {},
      [[]],
      [{}],
      ['a'],
      ['a', 'a'],
      ['a,a'],
      ['a","a'],
      [['a'], ['b']],
      [['a', 'b']],
      { a: 'b' },
      { b: 'a' },
      { a: ['b'] },
      { a: null },
      { 'a":"b': 'c' },
      { a: 'b":"c' },
      '{"a":"b"}',
    ];
    expect(new Set(states.map(stateDigest)).size).toBe(states.length);
  });
});
