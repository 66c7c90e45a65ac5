import pc from 'picocolors';
import { summary } from '../../../cli/sandbox/summary';
import { columnsOf } from '../../../cli/terminal';
import type { Outcome } from '../../../sandbox/scenario/judgement';

const fixed: Outcome = {
  account: 'playground',
  accountId: '111122223333',
  region: 'eu-west-1',
  flag: 'on',
  resourceType: 'AWS::EC2::SecurityGroup',
  resourceId: 'sg-1',
  planted: 'SSH open to the world',
  dangerous: true,
  state: 'fixed',
  happened: 'fixed',
  milliseconds: { decided: 1_240 },
  problems: [],
};
const harmless: Outcome = {
  ...fixed,
  resourceId: 'sg-2',
  dangerous: false,
  happened: 'left alone',
  milliseconds: {},
};
const seconds = { start: 9, heal: 12 };
const plain = pc.createColors(false);

describe('summary', () => {
  it('shows what was dangerous in a table, with seconds from change to verified fix', () => {
    const text = summary({ ok: true, outcomes: [fixed, harmless], problems: [] }, [], seconds, plain);

    expect(text).toMatch(/│ playground\s+│ on\s+│ sg-1\s+│ SSH open to the world\s+│ fixed\s+│\s+1\.2 │/);
    expect(text).not.toContain('sg-2');
    expect(text).toContain('1 of 1 harmless neighbours are byte for byte as they were.');
    expect(text).toContain('All is as it should be.');
  });

  it('says which resource is not as it should be', () => {
    const broken = { ...harmless, problems: ['is changed'] };

    const text = summary({ ok: false, outcomes: [broken], problems: ['Waited in vain'] }, [], seconds, plain);

    expect(text).toContain('0 of 1 harmless neighbours');
    expect(text).toContain('playground sg-2: is changed');
    expect(text).toContain('Waited in vain');
    expect(text).not.toContain('All is as it should be');
  });

  it('keeps its columns in line with and without colour', () => {
    const result = { ok: true, outcomes: [fixed], problems: [] };
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour is made of them.
    const withoutColour = summary(result, [], seconds, pc.createColors(true)).replace(/\u001b\[\d+m/g, '');

    expect(withoutColour).toBe(summary(result, [], seconds, plain));
  });

  describe.each([0, 40, 79, 80, 120])('on a terminal of %d columns', (columns) => {
    const long: Outcome[] = [
      { ...fixed, account: 'storefront', resourceId: 'policy-public-beside-partner-133660991635' },
      {
        ...fixed,
        flag: 'approval',
        planted: 'SQL Server open to the world, beside the office',
        state: 'waiting',
        happened: 'waiting (lossy plan)',
        milliseconds: { decided: 101_600 },
      },
    ];
    const width = columnsOf({ columns });
    const [title, fact] = [
      'Fixed: public S3 bucket',
      `Account: 133660991635   ${'Region: eu-west-1   '.repeat(4)}`,
    ];
    const message = {
      text: `Fixed ${long[0]?.resourceId}`,
      blocks: [{ text: { text: title } }, { text: { text: fact } }],
    };
    const lines = summary({ ok: true, outcomes: long, problems: [] }, [message], seconds, plain, width)
      .split('\n')
      .filter((line) => /[┌│├└┃]/.test(line));

    it('fits, and is aligned', () => {
      const table = lines.filter((line) => !line.includes('┃'));

      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
      expect(new Set(table.map((line) => line.length)).size).toBe(1);
    });

    it('says what happened in whole words', () => {
      expect(lines.join('\n')).toMatch(/│ waiting \(lossy plan\) │/);
    });

    it('loses nothing of the message', () => {
      expect(
        lines
          .filter((line) => line.includes('┃'))
          .join(' ')
          .match(/eu-west-1/g),
      ).toHaveLength(4);
    });
  });

  it('shows the message that says most in few lines', () => {
    const message = (title: string, lines: number) => ({
      text: `Fixed sg-1 ${title}`,
      blocks: [title, ...Array.from({ length: lines }, (_, index) => `line ${index}`)].map((text) => ({
        text: { text },
      })),
    });
    const messages = [message('short', 1), message('endless', 40), message('telling', 9)];
    const text = summary({ ok: true, outcomes: [fixed], problems: [] }, messages, seconds, plain);
    expect(text).toContain('┃ telling');
    expect(text).not.toContain('line 9');
  });

  it('names what a narrow terminal does not show', () => {
    const text = summary({ ok: true, outcomes: [fixed], problems: [] }, [], seconds, plain, 65);

    expect(text).toContain('A wider terminal also shows: flag, seconds.');
  });
});
