import type { Freeze } from '../../config/compiled';
import { beginOf } from '../../config/expiry';
import { namedKeys } from '../../config/named-keys';
import { policyWith, problemsWith, readAt } from './support/policy';

const right = { from: '2026-12-19', to: '2027-01-06', reason: 'Nothing changes over the holidays.' };

/** A freeze as the file says it, on a line of its own. */
const freeze = (more: object = {}) => `- ${JSON.stringify({ ...right, ...more })}\n`;
const sectionOf = (...freezes: string[]) => `freezes:\n${freezes.join('')}`;
const compiled = (...freezes: string[]): Freeze[] => policyWith(sectionOf(...freezes)).freezes;

describe('beginOf', () => {
  it.each<[string, string | undefined]>([
    ['2026-12-19', '2026-12-19T00:00:00.000Z'],
    ['2026-12-19T18:00:00+01:00', '2026-12-19T17:00:00.000Z'],
    ['2026-12-19T18:00Z', '2026-12-19T18:00:00.000Z'],
    ['2026-12-19T18:00:00', undefined],
    ['2026-02-30', undefined],
    ['tomorrow', undefined],
  ])('%s is %s', (said, expected) => {
    expect(beginOf(said)?.toISOString()).toBe(expected);
  });
});

describe('freezes of the policy', () => {
  it('are compiled with their moments, whom they name, and their line', () => {
    const from = '2026-12-19T18:00:00+01:00';
    const whom = { organizationalUnits: ['/Workloads/Prod', 'r-abcd'], accounts: ['payments-prod'] };
    expect(compiled(freeze(), freeze({ from, ...whom }))).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        from: '2026-12-19T00:00:00.000Z',
        to: '2027-01-07T00:00:00.000Z',
        fromSaid: '2026-12-19',
        toSaid: '2027-01-06',
        reason: right.reason,
        organizationalUnits: [],
        accounts: [],
        source: 'policy.yaml:7',
      },
      expect.objectContaining({
        from: '2026-12-19T17:00:00.000Z',
        fromSaid: from,
        ...whom,
        source: 'policy.yaml:8',
      }),
    ]);
  });

  it.each<[string, object]>([
    ['on a single day', { to: right.from }],
    ['that is on its last day of 92', { from: '2027-01-01', to: '2027-04-02' }],
    ['that is 92 days long to the second', { from: '2027-01-01T09:00:00Z', to: '2027-04-03T09:00:00Z' }],
    ['that holds already', { from: '2026-11-01', to: '2026-11-23' }],
    ['that is far ahead', { from: '2099-12-01', to: '2099-12-31' }],
  ])('take one %s', (_what, more) => {
    expect(compiled(freeze(more))).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['yesterday', { from: '2026-11-01', to: '2026-11-22' }],
    ['at this very moment', { from: '2026-11-01', to: readAt.toISOString() }],
  ])('leave out one that ended %s, which is no error', (_what, more) => {
    const over = sectionOf(freeze({ ...more, accounts: ['payments-prod'] }), freeze());
    expect(problemsWith(over)).toEqual([]);
    expect(policyWith(over).freezes.map(({ source }) => source)).toEqual(['policy.yaml:8']);
    expect(namedKeys(policyWith(over)).accounts).toEqual([]);
  });

  it('name accounts and organizational units for everything that has to find them', () => {
    const whom = { organizationalUnits: ['/Workloads', 'ou-abcd-sandbox0'], accounts: ['payments-prod'] };
    expect(namedKeys(policyWith(sectionOf(freeze(whom))))).toEqual({
      accounts: [{ key: 'payments-prod', source: 'policy.yaml:7' }],
      units: [
        { key: '/Workloads', source: 'policy.yaml:7' },
        { key: 'ou-abcd-sandbox0', source: 'policy.yaml:7' },
      ],
    });
  });

  it('have ids that stay when lines move or are written otherwise, and differ where a freeze does', () => {
    const whom = { organizationalUnits: ['/A', '/B'], accounts: ['x', 'y'] };
    const idOf = (more: object) =>
      compiled(freeze({ from: '2027-02-01', to: '2027-02-02' }), freeze(more))[1]?.id;
    const [first] = compiled(freeze(whom));
    expect(idOf(whom)).toBe(first?.id);
    expect(idOf({ ...whom, organizationalUnits: ['/B', '/A'], accounts: ['y', 'x'] })).toBe(first?.id);
    expect(idOf({ ...whom, from: '2026-12-19T01:00:00+01:00' })).toBe(first?.id);
    const others = [
      { ...whom, from: '2026-12-20' },
      { ...whom, to: '2027-01-07' },
      { ...whom, reason: 'Another.' },
      { ...whom, accounts: ['x'] },
      { ...whom, organizationalUnits: ['/A'] },
      { organizationalUnits: ['x', 'y'].map((name) => `/${name}`), accounts: ['A', 'B'] },
    ].map(idOf);
    expect(new Set([first?.id, ...others]).size).toBe(others.length + 1);
  });

  const orDateTime = 'or date and time with their offset, like 2026-12-19T18:00:00Z; from 2000 to 2099.';
  const fromRight = `when the freeze begins: a date, which is the start of that day in UTC, like 2026-12-19, ${orDateTime}`;
  const toRight = `when the freeze ends: a date, which is the end of that day in UTC, like 2027-01-06, ${orDateTime}`;
  it.each<[string, object, string]>([
    ['has no beginning', { from: undefined }, `from: is missing: ${fromRight}`],
    ['has no end', { to: undefined }, `to: is missing: ${toRight}`],
    ['begins on no day', { from: '2026-12-32' }, `from: 2026-12-32: ${fromRight}`],
    ['ends without an offset', { to: '2027-01-06T10:00:00' }, `to: 2027-01-06T10:00:00: ${toRight}`],
    ['ends in another century', { from: '2099-12-31', to: '2100-01-01' }, `to: 2100-01-01: ${toRight}`],
    ['ends at a number', { to: 20270106 }, `to: 20270106: ${toRight}`],
    [
      'ends the day before it begins',
      { to: '2026-12-18' },
      'to: 2026-12-18: has to lie after from, which is 2026-12-19.',
    ],
    [
      'ends when it begins',
      { to: '2026-12-19T00:00:00Z' },
      'to: 2026-12-19T00:00:00Z: has to lie after from, which is 2026-12-19.',
    ],
    [
      'is longer than 92 days by a day',
      { from: '2027-01-01', to: '2027-04-03' },
      'to: 2027-04-03: this freeze is longer than 92 days; with from 2027-01-01, 2027-04-02 is the latest date.',
    ],
    [
      'is longer than 92 days by a second',
      { from: '2027-01-01T09:00:00Z', to: '2027-04-03T09:00:01Z' },
      'to: 2027-04-03T09:00:01Z: this freeze is longer than 92 days; with from 2027-01-01T09:00:00Z, 2027-04-02 is the latest date.',
    ],
    [
      'has no reason',
      { reason: undefined },
      'reason: is missing: why nothing may be changed meanwhile, in a sentence.',
    ],
    [
      'has an empty reason',
      { reason: ' ' },
      'reason:  : is empty: why nothing may be changed meanwhile, in a sentence.',
    ],
    ['lists no account', { accounts: [] }, 'accounts: has to list at least one of the accounts.'],
    [
      'has nothing where units are listed',
      { organizationalUnits: null },
      'organizationalUnits: is empty: a list of organizational units: at least one, each on a line of its own after "- ".',
    ],
    [
      'names an account twice',
      { accounts: ['a', 'a'] },
      'accounts[1]: a: stands in this list twice; remove one.',
    ],
    [
      'names an account among the units',
      { organizationalUnits: ['333333333333'] },
      'organizationalUnits[0]: 333333333333: this is an account, where an organizational unit is meant.',
    ],
    [
      'names a unit among the accounts',
      { accounts: ['/Workloads'] },
      'accounts[0]: /Workloads: this is an organizational unit, where an account is meant.',
    ],
    [
      'names the management account',
      { accounts: ['111111111111'] },
      'accounts[0]: 111111111111: this is the management account, which Staunch does not watch; take it out of the freeze.',
    ],
    [
      'names a unit of another organization',
      { organizationalUnits: ['ou-other-11111111'] },
      'organizationalUnits[0]: ou-other-11111111: ou-other-11111111 lies under another root than r-abcd, so in another organization; correct one of them.',
    ],
    [
      'has an unknown key',
      { account: 'payments-prod' },
      'account: is not a key here; did you mean accounts?',
    ],
  ])('refuse one that %s', (_what, more, expected) => {
    expect(problemsWith(sectionOf(freeze(more))).map((line) => line.replace(/^7:\d+ /, ''))).toEqual([
      `freezes[0].${expected}`,
    ]);
  });

  it('refuse the same one twice, however it is written and whatever its reason', () => {
    const again = { from: '2026-12-19T00:00Z', reason: 'Another.', accounts: ['b', 'a'] };
    expect(problemsWith(sectionOf(freeze({ accounts: ['a', 'b'] }), freeze(again), freeze()))).toEqual([
      '8:3 freezes[1]: freezes the same as freezes[0]; remove one.',
    ]);
  });

  it('refuse what is no list, and entries that are none', () => {
    expect(problemsWith('freezes: 2026-12-19')).toEqual([
      '6:10 freezes: 2026-12-19: a list of freezes, each after "- ".',
    ]);
    expect(problemsWith('freezes: [2026-12-19]')).toEqual([
      '6:11 freezes[0]: 2026-12-19: a freeze has from, to and reason, and may have organizationalUnits and accounts.',
    ]);
  });
});
