import { boundedAnswer } from '../../../../hub-functions/coordinator/orders/bounded-answer';

/** An item of DynamoDB has 400 kB, and the order itself needs some. */
const mostBytes = 380_000;

describe('an answer that is kept', () => {
  it.each(['x', '"', '\u6f22', '\u0001', '\ud83d'])('fits into an item, also of %j alone', (character) => {
    const lines = Array.from({ length: 400 }, () => character.repeat(2_000));
    const text = character.repeat(9_000);
    const kept = boundedAnswer({ version: 2, done: true, text, changes: lines, differences: lines });
    expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(mostBytes);
    expect(kept.changes?.at(-1)).toMatch(/and \d+ more/);
  });

  it('is whole where it is short', () => {
    const answer = { version: 2 as const, done: false, text: 'No.', changes: ['One.', 'Two.'] };
    expect(boundedAnswer(answer)).toEqual(answer);
  });
});
