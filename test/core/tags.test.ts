import fc from 'fast-check';
import { ownerIn, tagsByKey, tagsNamed } from '../../core/tags';

describe('the tags of a resource', () => {
  it('are known by their keys, bounded as AWS bounds them', () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ Key: `k${index}`, Value: 'v'.repeat(300) }));
    const known = tagsByKey([{ Key: 'x'.repeat(129), Value: 'y' }, { Value: 'nameless' }, ...many]);
    expect(Object.keys(known)).toHaveLength(50);
    expect(new Set(Object.values(known))).toEqual(new Set(['v'.repeat(256)]));
  });

  it('are told where somebody asked for them, whatever they are called', () => {
    const tags = tagsByKey([
      { Key: '__proto__', Value: 'a' },
      { Key: 'toString' },
      { Key: 'other', Value: 'b' },
    ]);
    expect(JSON.stringify(tagsNamed(tags, ['toString', '__proto__', 'constructor', 'toString']))).toBe(
      '{"toString":"","__proto__":"a"}',
    );
  });

  it('leave room in the record however long they are: a short one is told beside long ones', () => {
    const wide = '\u0000'.repeat(256);
    const names = ['owner', ...Array.from({ length: 49 }, (_, index) => `k${index}`), 'team'];
    const tags = Object.fromEntries(names.map((name) => [name, name.startsWith('k') ? wide : 'payments']));
    const told = tagsNamed(tags, names);
    expect(told).toMatchObject({ owner: 'payments', team: 'payments' });
    expect(Buffer.byteLength(JSON.stringify(told))).toBeLessThan(8_200);
  });

  it('take no more than so many bytes, and stay text that can be kept', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), (tags) => {
        const named = tagsNamed(tags, Object.keys(tags));
        expect(Buffer.byteLength(JSON.stringify(named))).toBeLessThan(8_200);
        for (const value of Object.values(named)) expect(value).not.toMatch(/\p{Surrogate}/u);
      }),
      { seed: 20261127 },
    );
  });

  it('name an owner by the first tag that says something', () => {
    expect(ownerIn({ Owner: ' payments ', owner: '' }, ['owner', 'Owner'])).toBe('payments');
    expect(ownerIn({ team: 'x' }, ['owner', 'toString'])).toBeUndefined();
  });
});
