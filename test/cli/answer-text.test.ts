import pc from 'picocolors';
import { answerText } from '../../cli/answer-text';

const plain = pc.createColors(false);

describe("the coordinator's answer", () => {
  it('says what was given back', () => {
    const answer = { version: 2 as const, done: true, text: 'Undone.', changes: ['Give back port 22.'] };

    expect(answerText(answer, plain)).toBe('Undone.\nWhat was changed:\n  - Give back port 22.');
  });

  it("says what differs, and AWS's code where the text does not", () => {
    const answer = {
      version: 2 as const,
      done: false,
      text: 'Nothing was undone.',
      differences: ['A rule is new.\u001b[2J'],
      errorCode: 'AccessDenied',
    };

    expect(answerText(answer, plain)).toBe(
      'Nothing was undone. (AccessDenied)\nWhat differs from what the fix left behind:\n  - A rule is new.',
    );
    expect(answerText({ ...answer, text: 'AccessDenied: no.' }, plain)).toMatch(/^AccessDenied: no\.\n/);
  });
});
