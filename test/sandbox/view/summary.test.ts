import pc from 'picocolors';
import type { Outcome } from '../../../sandbox/scenario/judgement';
import { summary } from '../../../sandbox/view/summary';

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
});
