import { policyWith, problemsWith } from './support/policy';

const expireRight =
  'how long an approval counts: a whole number and m, h or d, like 24h; at least 5m, at most 30d.';
const right = (what: string) => `${what}: a whole number and d, like 365d; at least 30d, at most 3650d.`;

describe('approvals.expire', () => {
  it.each<[string, number]>([
    ['5m', 5],
    ['30m', 30],
    ['24h', 1_440],
    ['720h', 43_200],
    ['7d', 10_080],
    ['30d', 43_200],
  ])('takes %s as %i minutes', (expire, expireMinutes) => {
    expect(policyWith(`approvals: { expire: ${expire} }`).approvals).toEqual({ expireMinutes });
  });

  it.each([
    '4m',
    '31d',
    '43201m',
    '0h',
    '24',
    '-1h',
    '1.5h',
    '024h',
    '24 h',
    '24H',
    '1w',
    '1d12h',
    'never',
    'true',
    '99999999999999999999d',
  ])('refuses %s', (expire) => {
    expect(problemsWith(`approvals: { expire: ${expire} }`)).toEqual([
      `6:22 approvals.expire: ${expire}: ${expireRight}`,
    ]);
  });

  it('refuses what says nothing, or something else', () => {
    expect(problemsWith('approvals: { expire: }')).toEqual([
      `6:14 approvals.expire: is empty: ${expireRight}`,
    ]);
    expect(problemsWith('approvals: 24h')).toEqual(['6:12 approvals: 24h: a section with expire.']);
    expect(problemsWith('approvals: { expires: 24h }')).toEqual([
      '6:14 approvals.expires: is not a key here; did you mean expire?',
    ]);
  });
});

describe('patrol.every', () => {
  const every =
    'how often every account and Region is patrolled: a whole number and m, h or d, like 24h; at least 1h, at most 7d.';

  it.each<[string, number]>([
    ['60m', 60],
    ['1h', 60],
    ['24h', 1_440],
    ['7d', 10_080],
    ['168h', 10_080],
    ['10080m', 10_080],
  ])('takes %s as %i minutes', (said, everyMinutes) => {
    expect(policyWith(`patrol: { every: ${said} }`).patrol).toEqual({ everyMinutes });
  });

  it.each(['59m', '8d', '169h', '10081m', '0h', '24', 'daily'])('refuses %s', (said) => {
    expect(problemsWith(`patrol: { every: ${said} }`)).toEqual([`6:18 patrol.every: ${said}: ${every}`]);
  });

  it('is a day where the policy says nothing', () => {
    expect(policyWith('patrol:').patrol).toEqual({ everyMinutes: 1_440 });
    expect(policyWith('').patrol).toEqual({ everyMinutes: 1_440 });
  });
});

describe('retention', () => {
  it('takes days, for each of its keys by itself', () => {
    expect(policyWith('retention: { findings: 30d, undo: 3650d }').retention).toEqual({
      findingsDays: 30,
      undoDays: 3650,
    });
    expect(policyWith('retention: { undo: 90d }').retention).toEqual({ findingsDays: 365, undoDays: 90 });
  });

  it.each<[string, string, string]>([
    ['findings', '29d', 'how long a closed finding is kept'],
    ['findings', '3651d', 'how long a closed finding is kept'],
    ['findings', '365', 'how long a closed finding is kept'],
    ['findings', '52w', 'how long a closed finding is kept'],
    ['undo', '8760h', 'how long a fix can be undone'],
    ['undo', '0d', 'how long a fix can be undone'],
    ['undo', 'forever', 'how long a fix can be undone'],
  ])('refuses %s: %s', (key, said, what) => {
    expect(problemsWith(`retention:\n  ${key}: ${said}`)).toEqual([
      `7:${key.length + 5} retention.${key}: ${said}: ${right(what)}`,
    ]);
  });

  it('refuses what is no section, and keys that it does not have', () => {
    expect(problemsWith('retention: 365d')).toEqual([
      '6:12 retention: 365d: a section with findings and undo.',
    ]);
    expect(problemsWith('retention: { finding: 365d }')).toEqual([
      '6:14 retention.finding: is not a key here; did you mean findings?',
    ]);
  });
});

describe('limits.failuresPerHour', () => {
  it('takes a whole number, beside fixesPerHour and without it', () => {
    const fixesPerHour = { account: 20, organization: 100 };
    expect(policyWith('limits: { failuresPerHour: 1 }').limits).toEqual({
      fixesPerHour,
      failuresPerHour: 1,
      openFindings: 500,
      concurrency: 50,
    });
    expect(policyWith('limits: { failuresPerHour: 1000 }').limits.failuresPerHour).toBe(1_000);
  });

  it.each(['0', '-1', '1.5', '1001', 'many'])('refuses %s', (said) => {
    expect(problemsWith(`limits: { failuresPerHour: ${said} }`)).toEqual([
      `6:28 limits.failuresPerHour: ${said}: failed fixes in one account: a whole number from 1 to 1000.`,
    ]);
  });

  it.each(['0', '5001', 'all'])('refuses %s as limits.openFindings', (said) => {
    expect(problemsWith(`limits: { openFindings: ${said} }`)).toEqual([
      `6:25 limits.openFindings: ${said}: open findings of one account: a whole number from 1 to 5000.`,
    ]);
  });

  it('refuses what is no section', () => {
    expect(problemsWith('limits: 10')).toEqual([
      '6:9 limits: 10: a section with fixesPerHour, failuresPerHour, openFindings and concurrency.',
    ]);
  });
});
