import { keyOf } from '../../core/key-of';
import { orderKeyPattern } from '../../core/order';

describe('a key made of parts', () => {
  it('is the key of an order: the same for the same parts', () => {
    expect(keyOf('slack', 'T1', 'U1')).toMatch(orderKeyPattern);
    expect(keyOf('slack', 'T1', 'U1')).toBe(keyOf('slack', 'T1', 'U1'));
  });

  it('is another one for other parts, also where they read the same in a row', () => {
    expect(new Set([keyOf('a', 'bc'), keyOf('ab', 'c'), keyOf('abc'), keyOf('a', 'b', 'c')]).size).toBe(4);
  });
});
