import pc from 'picocolors';
import { coverageJson } from '../../../cli/coverage/coverage-json';
import { coverageText } from '../../../cli/coverage/coverage-text';
import { textWidth } from '../../../core/text-width';
import type { CoverageGap, CoverageRow } from '../../../ledger/coverage/coverage-gaps';
import { noNames, type PlaceNames } from '../../../ledger/organization/place-names';

const plain = { colours: pc.createColors(false), columns: 80 };
const names: PlaceNames = {
  ...noNames,
  account: (id) => (id === '111111111111' ? 'payments-production-europe' : undefined),
};
const patrolledAt = '2026-11-23T10:00:00.000Z';
const denied =
  'You are not authorized to perform this operation with an explicit deny in a service control policy';
const rowOf = (accountId: string, gaps: CoverageGap[], more: Partial<CoverageRow> = {}): CoverageRow => ({
  accountId,
  region: 'ap-southeast-2',
  since: '2026-11-01T10:00:00.000Z',
  trail: {},
  gaps,
  ...more,
});
const trail = { readAt: patrolledAt, isLogging: true, eventAt: '2026-11-23T09:00:00.000Z' };
const rows = [
  rowOf('111111111111', [
    { why: 'role', words: 'sts:AssumeRole is denied.', at: patrolledAt },
    { why: 'never' },
  ]),
  rowOf('222222222222', [
    {
      why: 'scp',
      words: denied,
      at: patrolledAt,
      resourceTypes: ['AWS::SQS::Queue', 'AWS::EC2::SecurityGroup'],
    },
    { why: 'late', at: patrolledAt },
    { why: 'trail', at: patrolledAt },
  ]),
  rowOf('333333333333', [{ why: 'closed' }]),
  rowOf('444444444444', [], { patrolledAt, trail }),
];
const text = coverageText({ rows, every: 24 * 60 * 60_000, names }, plain);
const lines = text.split('\n');

describe('confused deputies', () => {
  const confusedDeputies = [{ control: 'sqs-public-policy', count: 12, named: ['or\u001b[31mders', 'x'] }];
  const row = rowOf('444444444444', [], { confusedDeputies });

  it('are told below the table, named as far as they are known', () => {
    const said = coverageText({ rows: [row], every: 60_000, names }, { ...plain, columns: 200 });
    expect(said).toContain('444444444444 ap-southeast-2: 12 by sqs-public-policy (orders, x, and 10 more)');
  });

  it('are in the JSON of their place', () => {
    expect(coverageJson(row, names)).toMatchObject({ covered: true, confusedDeputies });
    expect(JSON.stringify(coverageJson(rowOf('444444444444', []), names))).not.toContain('confused');
  });

  it('are not mentioned where there are none', () => {
    expect(text).not.toContain('whosever');
  });
});

describe('blocks that could be turned on', () => {
  const ofSnapshots = {
    resourceType: 'AWS::EC2::Snapshot',
    name: 'block of snapshots',
    of: 'region' as const,
  };
  const ofS3 = {
    resourceType: 'AWS::S3::Bucket',
    name: 'block of S3',
    of: 'account' as const,
    unseen: 'ACLs',
  };
  const ids = [
    '444444444444',
    '555555555555',
    '666666666666',
    '777777777777',
    '888888888888',
    '999999999999',
  ];
  const blocked = ids.map((id) => ({ ...rowOf(id, []), possibleBlocks: [ofSnapshots, ofS3] }));
  const saidOf = (some: typeof blocked) =>
    coverageText({ rows: some, every: 60_000, names }, { ...plain, columns: 250 });

  it('are told below the table, with where, and what nobody looked at', () => {
    const said = saidOf([...blocked.slice(0, 1), ...blocked.slice(0, 1)]);
    expect(said).toContain('Could be turned on: ');
    expect(said).toContain('block of snapshots: 444444444444 ap-southeast-2.');
    expect(said).toContain('block of S3: 444444444444. Nobody looked at ACLs.');
  });

  it('are told of some places, and of how many more', () => {
    expect(saidOf(blocked)).toContain(
      'block of S3: 444444444444, 555555555555, 666666666666, 777777777777, 888888888888, and 1 more.',
    );
  });

  it('are in the JSON of their place', () => {
    const [row = rowOf('444444444444', [])] = blocked;
    expect(coverageJson(row, names)).toMatchObject({ possibleBlocks: [ofSnapshots, ofS3] });
  });

  it('are not mentioned where there are none', () => {
    expect(text).not.toContain('turned on');
  });
});

describe('the table of coverage', () => {
  it('begins with a summary', () => {
    expect(lines.slice(0, 2).join(' ')).toBe(
      '3 accounts and Regions: 2 not covered. 1 account closed or suspended. A patrol comes every 24 hours.',
    );
  });

  it('fits 80 columns, and has a line for each gap in whole', () => {
    expect(lines.filter((line) => textWidth(line) > 80)).toEqual([]);
    for (const gap of [
      /111111111111 .* a role cannot be assumed$/m,
      /111111111111 .* never patrolled$/m,
      /222222222222 .* denied by an SCP \(Queue, SecurityGroup\)$/m,
      /222222222222 .* last patrol is too old$/m,
      /222222222222 .* trail is gone$/m,
      /333333333333 .* account closed or suspended$/m,
      /^444444444444 +ap-southeast-2/m,
    ])
      expect(text).toMatch(gap);
  });

  it('says where a trail logs, since when nothing came of it on a wide terminal, and where that is unknown', () => {
    expect(text).toContain('A CloudTrail trail logs in 1 of 3, of 2 it is unknown.');
    const wide = coverageText(
      {
        rows: [
          ...rows.slice(3),
          rowOf('555555555555', [], { patrolledAt, trail: { isLogging: false } }),
          rowOf('666666666666', [], { patrolledAt, trail: { isLogging: true } }),
          rowOf('777777777777', [], { patrolledAt }),
        ],
        every: 1,
        names,
      },
      { ...plain, columns: 150 },
    );
    expect(wide).toContain('A CloudTrail trail logs in 2 of 4, none logs in 1, of 1 it is unknown.');
    expect(wide).toMatch(/ trail event /);
    expect(wide).toMatch(/^444444444444 .* 2026-11-23 09:00 UTC /m);
    expect(wide).toMatch(/^555555555555 .* none logs /m);
    expect(wide).toMatch(/^666666666666 .* no event yet /m);
    expect(wide).toMatch(/^777777777777 .* unknown /m);
  });

  it('lines up', () => {
    const columns = lines.filter((line) => /ap-southeast-2/.test(line) && / {2}ap-/.test(line));
    expect(new Set(columns.map((line) => line.indexOf('ap-southeast-2'))).size).toBe(1);
  });

  it("has AWS's words below it, with where they were said", () => {
    const flat = text.replace(/\n +/g, ' ');
    expect(flat).toContain(`222222222222 ap-southeast-2: ${denied} (2026-11-23 10:00 UTC)`);
    expect(flat).toContain('111111111111 ap-southeast-2: sts:AssumeRole is denied.');
  });

  it('says that all is covered where it is', () => {
    const whole = coverageText({ rows: rows.slice(3), every: 60 * 60_000, names }, plain);
    expect(whole).toMatch(/^1 account and Region: all covered\. A patrol comes every 1 hour\./);
  });

  it('shows what could control a terminal as harmless text', () => {
    const hostile = rowOf('111111111111', [{ why: 'problem', words: '\u001b[2Jgone' }]);
    expect(coverageText({ rows: [hostile], every: 1, names }, plain)).not.toContain('\u001b');
  });
});

it('for programs it says which detectors are known', () => {
  expect(rows.map((row) => coverageJson(row, names))).toMatchObject([
    { covered: false, gaps: [{ why: 'role' }, { why: 'never' }] },
    { covered: false, detectors: { trail: 'unknown' } },
    { covered: true, gaps: [{ why: 'closed' }] },
    { covered: true, detectors: { rule: 'unknown', trail, patrol: { patrolledAt } }, gaps: [] },
  ]);
});
