import { cutMiddle } from '../../core/cut-middle';

describe('cutMiddle', () => {
  it.each([
    ['whole', 5, 'whole'],
    ['acl-public-read-622304125025', 15, 'acl-pub…4125025'],
    ['abc', 2, 'a…'],
    ['abc', 1, '…'],
    ['😀😀😀', 2, '😀…'],
  ])('%s in %d', (value, length, expected) => {
    expect(cutMiddle(value, length)).toBe(expected);
  });
});
