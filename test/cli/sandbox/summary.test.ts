import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import { columnsOf } from '../../../cli/columns';
import { nextSteps } from '../../../cli/sandbox/next-steps';
import { summary } from '../../../cli/sandbox/summary';
import { plantedTypes } from '../../../sandbox/resources/planted';
import type { Outcome } from '../../../sandbox/scenario/judgement';
import { staunch } from '../../support/command';

const fixed: Outcome = {
  account: 'playground',
  accountId: '111122223333',
  region: 'eu-west-1',
  flag: 'on',
  resourceType: 'AWS::EC2::SecurityGroup',
  resourceId: 'sg-1',
  planted: 'SSH beside HTTPS, open to all',
  dangerous: true,
  state: 'fixed',
  lossy: false,
  result: 'fixed',
  milliseconds: { decided: 1_240 },
  problems: [],
};
const harmless: Outcome = {
  ...fixed,
  resourceId: 'sg-2',
  dangerous: false,
  result: 'left alone',
  milliseconds: {},
};
const seconds = { start: 9, heal: 12 };
const plain = pc.createColors(false);

const waiting: Outcome = { ...fixed, flag: 'approval', state: 'waiting', result: 'waiting for approval' };
const reported: Outcome = { ...fixed, flag: 'off', state: 'reported', result: 'reported' };

function shown(outcomes: Outcome[], columns = 79, colours = plain, problems: string[] = []): string {
  const ok = problems.length === 0 && outcomes.every((outcome) => outcome.problems.length === 0);
  return summary({ ok, outcomes, problems }, [], seconds, colours, columns);
}

describe('summary', () => {
  it('counts each result in a line of its own, with why', () => {
    const lossy = { ...waiting, lossy: true };
    const text = shown([fixed, fixed, waiting, waiting, lossy, reported, harmless]);

    expect(text).toContain('✓ 2 fixed: read back, and each complies\n');
    expect(text.replace(/\n +/g, ' ')).toContain(
      '? 3 waiting for approval: the flag is approval (2), the plan also removes something harmless (1)\n',
    );
    expect(text).toContain('○ 1 reported: the flag is off, so nothing was changed\n');
    expect(text).toContain('= 1 of 1 harmless neighbours unchanged, byte for byte\n');
    expect(text).toContain('All is as it should be.');
  });

  it('says of any other result what it means, and of a danger without a finding that there is none', () => {
    const { state: _, ...none } = fixed;
    const text = shown([{ ...fixed, state: 'exempt', result: 'exempt' }, none]);

    expect(text).toMatch(/^· 1 exempt: The policy, a tag/m);
    expect(text).toMatch(/^· 1 without a finding$/m);
  });

  it('has a row for each dangerous resource, with seconds from the change to the result, and no ids', () => {
    const text = shown([fixed, { ...waiting, lossy: true }, harmless]);

    expect(text).toMatch(/^playground +on +SSH beside HTTPS, open to all +✓ fixed +1\.2$/m);
    expect(text).toMatch(/^playground +approval +SSH beside HTTPS, open to all +\? waiting, lossy +1\.2$/m);
    expect(text).not.toContain('sg-');
  });

  it('says what found each resource, after how many seconds, and counts that', () => {
    const trail = {
      ...fixed,
      detector: 'trail' as const,
      milliseconds: { trail: 300, queued: 700, decided: 1_240 },
    };
    const later = { ...trail, milliseconds: { trail: 500 } };
    const rule = { ...waiting, detector: 'rule' as const, milliseconds: { queued: 450, trail: 600 } };
    const patrol = {
      ...fixed,
      detector: 'patrol' as const,
      milliseconds: { patrol: 4_000, decided: 4_500 },
    };
    const text = shown([trail, later, later, rule, patrol, reported, harmless], 120);

    expect(text).toContain(
      'Found first by rule 1 (median 0.5 s), trail 3 (median 0.5 s), patrol 1 (median 4.0 s).',
    );
    expect(text).toMatch(/✓ fixed +trail +0\.3 +1\.2$/m);
    expect(text).toMatch(/\? waiting +rule +0\.5/m);
    expect(text).toMatch(/✓ fixed +patrol +4\.0 +4\.5$/m);
    expect(shown([fixed, harmless], 120)).not.toMatch(/found by/i);
  });

  it('says what found each also on a terminal of 80 columns, where the flag has no room, and says so', () => {
    const trail = { ...fixed, detector: 'trail' as const, milliseconds: { trail: 300, decided: 1_240 } };
    const planted = 'bucket policy: all, a partners';
    const text = shown([
      { ...trail, account: 'storefront', planted },
      { ...waiting, lossy: true },
    ]);
    expect(text).toContain('A wider terminal also shows: flag, after.');
    expect(text).toMatch(/^storefront +bucket policy: all, a partners +✓ fixed +trail +1\.2$/m);
  });

  it('says which resource is not as it should be, and does not count it as fixed or unchanged', () => {
    const broken = { ...harmless, problems: ['is changed'] };
    const unhealed = { ...fixed, problems: ['is open'] };
    const text = shown([broken, unhealed, fixed], 79, plain, ['Waited in vain']);

    expect(text).toContain('✓ 1 fixed');
    expect(text).toContain('✗ 1 not as they should be: see below');
    expect(text).toContain('✗ 0 of 1 harmless neighbours unchanged');
    expect(text).toMatch(/^playground +on .* ✗ fixed/m);
    expect(text).toContain('playground sg-1: is open');
    expect(text).toContain('playground sg-2: is changed');
    expect(text).toContain('Waited in vain');
    expect(text).not.toContain('All is as it should be');
  });

  it('reads the same with and without colour', () => {
    const coloured = shown([fixed, waiting, reported, harmless], 79, pc.createColors(true));

    expect(coloured).toContain('\u001b[');
    expect(stripVTControlCharacters(coloured)).toBe(shown([fixed, waiting, reported, harmless]));
  });

  it('fits 79 columns with everything that is planted, whatever comes of it', () => {
    const all = plantedTypes.flatMap(({ dangerous, harmless: unchanged }) => [
      ...Object.values(dangerous).map((kind) => [kind, true] as const),
      ...Object.values(unchanged).map((kind) => [kind, false] as const),
    ]);
    const outcomes = all.flatMap(([kind, dangerous]) =>
      [fixed, { ...waiting, lossy: true }, reported].map((outcome) => ({
        ...outcome,
        account: 'storefront',
        planted: kind.text,
        dangerous,
        detector: 'patrol' as const,
      })),
    );
    const text = shown(outcomes);

    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(79);
    expect(text).not.toContain('…');
    expect(text).toContain('A wider terminal also shows: flag, after.');
  });

  describe.each([0, 40, 79, 80, 120])('on a terminal of %d columns', (columns) => {
    const long: Outcome[] = [
      { ...fixed, account: 'an-account-with-a-name-of-50-characters-or-even-more' },
      {
        ...waiting,
        planted: 'SQL Server open to the world, beside the office, and beside much else',
        lossy: true,
        milliseconds: { decided: 101_600 },
      },
    ];
    const width = columnsOf({ columns });
    const [title, fact] = [
      'Fixed: public S3 bucket',
      `Account: 133660991635   ${'Region: eu-west-1   '.repeat(4)}of one ${'long-'.repeat(30)}name`,
    ];
    const message = {
      text: `Fixed ${long[0]?.resourceId}`,
      blocks: [{ text: { text: title } }, { text: { text: fact } }],
    };
    const lines = summary(
      { ok: true, outcomes: [...long, harmless], problems: [] },
      [message],
      seconds,
      plain,
      width,
    ).split('\n');

    it('fits, line by line', () => {
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    });

    it('says the result in whole words', () => {
      expect(lines.join('\n')).toMatch(/ {2}\? waiting, lossy( |$)/m);
    });

    it('loses nothing of the message', () => {
      expect(
        lines
          .filter((line) => line.includes('┃'))
          .join(' ')
          .match(/eu-west-1/g),
      ).toHaveLength(4);
      expect(lines.map((line) => line.replace(/^ +┃ */, '')).join('')).toContain(`${'long-'.repeat(30)}name`);
    });
  });

  it('shows the message that says most in few lines', () => {
    const message = (about: string, lines: number) => ({
      text: `Fixed sg-1 ${about}`,
      blocks: [about, ...Array.from({ length: lines }, (_, index) => `line ${index}`)].map((text) => ({
        text: { text },
      })),
    });
    const messages = [message('short', 1), message('endless', 40), message('telling', 9)];
    const text = summary({ ok: true, outcomes: [fixed], problems: [] }, messages, seconds, plain, 79);
    expect(text).toContain('┃ telling');
    expect(text).not.toContain('line 9');
  });

  it('shows the message whose words fit, and keeps its facts whole', () => {
    const message = (name: string) => ({
      text: 'Fixed sg-1',
      blocks: [
        { text: { text: 'Fixed: it' } },
        { text: { text: `Account: staging (1)   Region: eu-west-1   Name: ${name}` } },
      ],
    });
    const messages = [message('x'.repeat(90)), message('short-name-of-28-characters')];
    const text = summary({ ok: true, outcomes: [fixed], problems: [] }, messages, seconds, plain, 60);

    expect(text).toContain(
      '┃ Account: staging (1)   Region: eu-west-1\n  ┃ Name: short-name-of-28-characters\n',
    );
  });

  it('names what a narrow terminal does not show', () => {
    expect(shown([fixed], 44)).toContain('A wider terminal also shows: flag, seconds.');
  });
});

describe('the next steps', () => {
  it.each([true, false])(
    'fit 79 columns, and are understood as they are printed; reported: %s',
    async (reported) => {
      const text = nextSteps(reported);

      expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(79);
      expect(text.includes('--report')).toBe(!reported);
      expect((await staunch('validate')).status).toBe(0);
    },
  );
});
