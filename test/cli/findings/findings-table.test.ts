import pc from 'picocolors';
import { columnsOf } from '../../../cli/columns';
import { findingsTable } from '../../../cli/findings/findings-table';
import type { FindingRecord } from '../../../ledger/findings/record';
import { noNames, type PlaceNames } from '../../../ledger/organization/place-names';
import { resolveFinding } from '../../../operator/findings/finding-name';
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

const places: PlaceNames = {
  ...noNames,
  account: (id) => (id === '222222222222' ? 'payments-prod' : undefined),
  unitOf: () => '/Workloads/Production',
};

describe('the table of findings', () => {
  it('lines up, says what is wrong with each, and counts what is open and closed', () => {
    expect(findingsTable(records, nameOf, plain)).toBe(
      [
        'finding               severity  state     exposure                               account       Region      changes  since',
        '────────────────────  ────────  ────────  ─────────────────────────────────────  ────────────  ─────────  ────────  ────────────────────',
        'sg-0123456789abcdef0  critical  waiting   prohibited ports open to the internet  222222222222  eu-west-1         2  2026-11-23 10:00 UTC',
        'photos                high      given-up  public S3 bucket                       222222222222  eu-west-1  lossy, 1  2026-11-23 10:00 UTC',
        'sg-1                  critical  fixed     prohibited ports open to the internet  222222222222  us-east-1            2026-11-23 10:00 UTC',
        '2 open, 1 closed. One in detail:',
        '  npm run -s staunch -- show FINDING',
      ].join('\n'),
    );
  });

  it('keeps apart on 80 columns what differs in the middle of its name alone', () => {
    const named = (name: string) => bucketRecord({ identity: { resourceId: name } });
    const names = ['payments-production-logs-of-billing', 'payments-production-data-of-billing'];

    const text = findingsTable(names.map(named), nameOf, { ...plain, columns: 80 }, places);

    const shown = text
      .split('\n')
      .filter((line) => line.startsWith('payments'))
      .map((line) => line.split(' ')[0]);
    expect(new Set(shown).size).toBe(2);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('says at 80 columns how bad each is and what is wrong, however long names would have to be to differ', () => {
    const named = (name: string) => bucketRecord({ identity: { resourceId: name } });
    const long = 'policy-that-is-public-beside-a-partner-and-of-a-long-name';
    const records = [named(`${long}-0-${long}`), named(`${long}-1-${long}`)];

    const text = findingsTable(records, nameOf, { ...plain, columns: columnsOf({ columns: 80 }) }, places);

    expect(text).toMatch(/^finding +severity +state +exposure +account/);
    expect(text).toMatch(/^policy\S+ +critical +\w+ +public S3 bucket +pay/m);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(80);
  });

  it('has by what each was found, and who opened it, where that is known and there is room', () => {
    const opened = {
      principal: 'arn:aws:iam::222222222222:role/deploy',
      kind: 'role',
      session: 'ci-7',
      sourceAddress: '192.0.2.17',
      at: '2026-11-23T09:59:00.000Z',
      tool: 'Terraform',
    };
    const told = [recordOf({ detector: 'trail', opened }), ...records];
    const [titles = '', , first = '', second = ''] = findingsTable(told, nameOf, plain).split('\n');
    expect(titles).toMatch(/ {2}since +found by {2}opened by$/);
    expect(first).toMatch(/UTC {2}trail +deploy$/);
    expect(second).toMatch(/UTC$/);
    expect(findingsTable(told, nameOf, { ...plain, columns: 100 })).not.toContain('deploy');
  });

  it('counts changes that the ledger left out', () => {
    const bounded = recordOf({
      plan: { changes: [change], lossy: false, losses: [] },
      omitted: { violations: 0, changes: 41 },
    });

    expect(findingsTable([bounded], nameOf, plain)).toMatch(/ +42 {2}/);
  });

  it('shows a control that this version does not know by its id', () => {
    const unknown = recordOf({ identity: { control: 'lamp-left-on' } });

    expect(findingsTable([unknown], nameOf, plain)).toContain('  lamp-left-on  ');
  });

  it('keeps its columns in line with and without colour', () => {
    const coloured = findingsTable(records, nameOf, { ...plain, colours: pc.createColors(true) });

    expect(coloured).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour is made of them.
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(findingsTable(records, nameOf, plain));
  });

  it('prints nothing of a stranger that controls the terminal', () => {
    const hostile = recordOf({ identity: { resourceId: `sg\u001b[2J\nsg-9  fixed`, region: 'eu\u0007' } });

    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(findingsTable([hostile], nameOf, plain)).not.toMatch(/[\u0000-\u0009\u000b-\u001f]|^sg-9/m);
  });

  it('shows accounts by name, with the id beside it where there is room', () => {
    const elsewhere = recordOf({ identity: { accountId: '999999999999' } });
    const wide = findingsTable([...records, elsewhere], nameOf, plain, places);

    expect(wide).toMatch(/ payments-prod {2}222222222222 {2}Production {2}eu-west-1 /);
    expect(wide).toMatch(/ 999999999999 {3}999999999999 /);
    expect(findingsTable(records, nameOf, { ...plain, columns: 100 }, places)).not.toContain('222222222222');
  });

  it('shows at 80 columns how bad each is, what is wrong, and account and unit by name', () => {
    const columns = columnsOf({ columns: 80 });
    const [titles = '', , first = ''] = findingsTable(records, nameOf, { ...plain, columns }, places).split(
      '\n',
    );

    expect(titles).toMatch(/^finding +severity +state +exposure +account +unit$/);
    expect(first).toMatch(
      /^sg-0123456789abcdef0 +critical +waiting +prohibit\S*…\S+ternet +paym…\S+ +Prod…tion$/,
    );
  });

  it('cuts the middle of a long name, and says that it can be pasted so', () => {
    const name = 'policy-public-beside-partner-133660991635-and-63-characters-long';
    const long = bucketRecord({ identity: { resourceId: name } });
    const text = findingsTable([long], nameOf, { ...plain, columns: 79 }, places);
    const [shown = ''] = /^policy\S*/m.exec(text) ?? [];

    expect(shown).toMatch(/^policy-\S*…\S*-long$/);
    expect(text).toContain('Paste a name as it is shown');
    expect(resolveFinding(shown, [long, ...records])).toBe(long);
    expect(findingsTable([long], nameOf, plain, places)).not.toContain('Paste');
  });

  it.each([0, 40, 60, 79, 80, 100, 120])('fits a terminal of %d columns, whatever it takes', (width) => {
    const columns = columnsOf({ columns: width });
    const long = bucketRecord({
      identity: { resourceId: 'policy-public-beside-partner-133660991635-and-63-characters-long' },
      state: 'already-compliant',
    });
    const lines = findingsTable([...records, long], nameOf, { ...plain, columns }, places).split('\n');

    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines.join('\n')).toMatch(/^poli/m);
  });
});
