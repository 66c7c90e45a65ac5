import pc from 'picocolors';
import { findingsTable } from '../../../cli/findings/findings-table';
import { columnsOf } from '../../../cli/terminal';
import { noNames, type PlaceNames } from '../../../ledger/place-names';
import type { FindingRecord } from '../../../ledger/record';
import { bucketRecord, recordOf } from '../../operator/records';

const plain = { colours: pc.createColors(false), columns: Number.POSITIVE_INFINITY };
const nameOf = ({ identity }: FindingRecord) => identity.resourceId;
const change = { action: 'revoke', text: 'Take it.' };

const records = [
  recordOf({ state: 'waiting', plan: { changes: [change, change], lossy: false, losses: [] } }),
  bucketRecord({
    state: 'given-up',
    severity: 'high',
    plan: { changes: [change], lossy: true, losses: ['more'] },
  }),
  recordOf({ identity: { resourceId: 'sg-1', region: 'us-east-1' }, state: 'fixed' }),
];

describe('the table of findings', () => {
  it('lines up, and counts what is open and closed', () => {
    expect(findingsTable(records, nameOf, plain)).toBe(
      [
        '┌──────────────────────┬──────────────────────┬──────────┬──────────────┬───────────┬──────────┬──────────────────┐',
        '│ finding              │ state                │ severity │ account      │ Region    │  changes │ since (UTC)      │',
        '├──────────────────────┼──────────────────────┼──────────┼──────────────┼───────────┼──────────┼──────────────────┤',
        '│ sg-0123456789abcdef0 │ waiting for approval │ critical │ 222222222222 │ eu-west-1 │        2 │ 2026-11-23 10:00 │',
        '│ photos               │ given up             │ high     │ 222222222222 │ eu-west-1 │ lossy, 1 │ 2026-11-23 10:00 │',
        '│ sg-1                 │ fixed                │ critical │ 222222222222 │ us-east-1 │          │ 2026-11-23 10:00 │',
        '└──────────────────────┴──────────────────────┴──────────┴──────────────┴───────────┴──────────┴──────────────────┘',
        '2 open, 1 closed. What is wrong with one, and what changes: npm run -s staunch -- show FINDING',
      ].join('\n'),
    );
  });

  it('counts changes that the ledger left out', () => {
    const bounded = recordOf({
      plan: { changes: [change], lossy: false, losses: [] },
      omitted: { violations: 0, changes: 41 },
    });

    expect(findingsTable([bounded], nameOf, plain)).toMatch(/│ +42 │/);
  });

  it.each([114, 100, 90, 80])('fits into %d columns, and never cuts what a finding is called', (columns) => {
    const text = findingsTable(records, nameOf, { ...plain, columns });
    const [border = ''] = text.split('\n');

    expect(border.length).toBeLessThanOrEqual(columns);
    expect(text).toContain('sg-0123456789abcdef0');
    expect(text).toContain('A wider terminal also shows: ');
  });

  it('keeps its columns in line with and without colour', () => {
    const coloured = findingsTable(records, nameOf, { ...plain, colours: pc.createColors(true) });

    expect(coloured).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour is made of them.
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(findingsTable(records, nameOf, plain));
  });

  it('prints nothing of a stranger that controls the terminal', () => {
    const hostile = recordOf({ identity: { resourceId: `sg\u001b[2J\n│ sg-9 │ fixed`, region: 'eu\u0007' } });

    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(findingsTable([hostile], nameOf, plain)).not.toMatch(/[\u0000-\u0009\u000b-\u001f]|^│ sg-9/m);
  });

  const named: PlaceNames = {
    ...noNames,
    account: (id) => (id === '222222222222' ? 'payments-prod' : undefined),
  };

  it('shows accounts by name, with the id beside it where there is room', () => {
    const elsewhere = recordOf({ identity: { accountId: '999999999999' } });
    const wide = findingsTable([...records, elsewhere], nameOf, plain, named);

    expect(wide).toMatch(/│ critical │ payments-prod │ 222222222222 │ eu-west-1 │/);
    expect(wide).toMatch(/│ 999999999999 {2}│ 999999999999 │/);
    expect(findingsTable(records, nameOf, { ...plain, columns: 100 }, named)).not.toContain('222222222222');
  });

  it('shows the unit of an account where there is room', () => {
    const places: PlaceNames = { ...named, unitOf: () => '/Workloads/Prod' };

    expect(findingsTable(records, nameOf, plain, places)).toMatch(/│ 222222222222 │ \/Workloads\/Prod │/);
    expect(findingsTable(records, nameOf, { ...plain, columns: 80 }, places)).not.toContain('/Workloads');
  });

  it.each([114, 100, 90, 80])(
    'says at %d columns how bad each is: that is what they are sorted by',
    (columns) => {
      expect(findingsTable(records, nameOf, { ...plain, columns }, named)).toMatch(/│ photos .*│ high /);
    },
  );

  it.each([0, 40, 79, 80, 120])('fits a terminal of %d columns, aligned, whatever it takes', (width) => {
    const columns = columnsOf({ columns: width });
    const long = bucketRecord({
      identity: { resourceId: 'policy-public-beside-partner-133660991635-and-63-characters-long' },
      state: 'waiting',
    });
    const lines = findingsTable([...records, long], nameOf, { ...plain, columns }, named).split('\n');

    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(new Set(lines.filter((line) => /^[┌│├└]/.test(line)).map((line) => line.length)).size).toBe(1);
    expect(lines.join('\n')).toContain('│ poli');
    expect(lines.join(' ').includes('shows what was cut')).toBe(columns < 120);
  });
});
