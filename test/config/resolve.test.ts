import type { AccountPlace } from '../../config/place';
import { resolve } from '../../config/resolve';
import { UnresolvedPolicyError } from '../../config/unresolved';
import { placeUnder, policyOf, type UnitName } from './support/policy';

const buckets = 's3-public-access';
const groups = 'security-group-open-ports';

/** What holds for buckets, `flag by what decided`, without the line; or why it cannot be told. */
function outcome(autoResponse: string, place: AccountPlace, control = buckets): string {
  try {
    const { flag, decidedBy } = resolve(policyOf(autoResponse), place, control);
    return `${flag} by ${decidedBy.replace(/ \(policy.yaml.*\)$/, '')}`;
  } catch (error) {
    if (error instanceof UnresolvedPolicyError) return `unresolved: ${error.message}`;
    throw error;
  }
}

type Case = [what: string, autoResponse: string, unit: UnitName, expected: string];

const everyLevel = `  default: { flag: off, controls: { s3-public-access: approval } }
  organizationalUnits:
    /: { flag: approval, controls: { s3-public-access: off } }
    /Workloads: { flag: off, controls: { s3-public-access: on } }
    /Workloads/Prod: { flag: on, controls: { s3-public-access: approval } }
  accounts:
    "333333333333": { flag: off, controls: { s3-public-access: on } }
`;
/** `everyLevel` without some lines of it. */
const without = (...starts: string[]) =>
  everyLevel
    .split('\n')
    .filter((line) => !starts.some((start) => line.trim().startsWith(start)))
    .join('\n');
const account = '"333333333333"';

describe('resolve: the most specific line decides', () => {
  it.each<Case>([
    ['account and control first', everyLevel, 'Prod', `on by ${buckets} in account 333333333333`],
    ['the account next', `${without(account)}    "333333333333": off`, 'Prod', 'off by account 333333333333'],
    [
      "the account's plain flag before the unit's flag for the control",
      '  organizationalUnits: { /Workloads: { controls: { s3-public-access: on } } }\n  accounts: { "333333333333": off }',
      'Prod',
      'off by account 333333333333',
    ],
    ['the nearest unit and control', without(account), 'Prod', `approval by ${buckets} in /Workloads/Prod`],
    [
      'the nearest unit with the control, seen from further below',
      without(account),
      'Cell',
      `approval by ${buckets} in /Workloads/Prod`,
    ],
    [
      'the nearest unit, before what the next one up says of the control',
      '  organizationalUnits: { /Workloads/Prod: off, /Workloads: { controls: { s3-public-access: on } } }',
      'Prod',
      'off by /Workloads/Prod',
    ],
    [
      'the next unit up and control',
      without(account, '/Workloads/Prod'),
      'Prod',
      `on by ${buckets} in /Workloads`,
    ],
    [
      'the next unit up',
      '  organizationalUnits: { /Workloads: approval, /: on }',
      'Cell',
      'approval by /Workloads',
    ],
    ['the root and control', without(account, '/Workloads'), 'Prod', `off by ${buckets} in /`],
    ['the root', '  default: off\n  organizationalUnits: { /: on }', 'Prod', 'on by /'],
    ['the root by id', '  organizationalUnits: { r-abcd: on }', 'Prod', 'on by r-abcd'],
    [
      'the root for an account that lies right under it',
      '  organizationalUnits: { /: on }',
      'root',
      'on by /',
    ],
    [
      'default and control',
      without(account, '/', 'organizationalUnits'),
      'Prod',
      `approval by ${buckets} in the default`,
    ],
    ['the default', '  default: approval', 'Prod', 'approval by the default'],
    ['off where nothing is said', '', 'Prod', 'off by the default'],
    [
      'off where the default speaks of controls alone',
      `  default: { controls: { ${groups}: on } }`,
      'Prod',
      'off by the default',
    ],
    [
      'not the line of another control',
      `  default: { flag: off, controls: { ${groups}: on } }`,
      'Prod',
      'off by the default',
    ],
    [
      "not another control's line in the account",
      `  default: on\n  accounts: { "333333333333": { controls: { ${groups}: off } } }`,
      'Prod',
      'on by the default',
    ],
    [
      "not another control's line in the unit, but the unit's flag",
      `  organizationalUnits: { /Workloads: { flag: approval, controls: { ${groups}: on } } }`,
      'Prod',
      'approval by /Workloads',
    ],
  ])('takes %s', (_what, autoResponse, unit, expected) => {
    expect(outcome(autoResponse, placeUnder(unit))).toBe(expected);
  });
});

describe('resolve: control-level off under on', () => {
  it.each<Case>([
    [
      'account on, control off',
      '  accounts: { "333333333333": { flag: on, controls: { s3-public-access: off } } }',
      'Prod',
      `off by ${buckets} in account 333333333333`,
    ],
    [
      'unit on, control off',
      '  organizationalUnits: { /Sandbox: { flag: on, controls: { s3-public-access: off } } }',
      'Sandbox',
      `off by ${buckets} in /Sandbox`,
    ],
    [
      'unit on, control off, and a unit nested in it with on',
      '  organizationalUnits: { /Sandbox: { flag: on, controls: { s3-public-access: off } }, /Sandbox/Prod: on }',
      'SandboxProd',
      'on by /Sandbox/Prod',
    ],
    [
      'unit control off, account on',
      '  organizationalUnits: { /Sandbox: { controls: { s3-public-access: off } } }\n  accounts: { "333333333333": on }',
      'Sandbox',
      'on by account 333333333333',
    ],
    [
      'default on, control off',
      '  default: { flag: on, controls: { s3-public-access: off } }',
      'Sandbox',
      `off by ${buckets} in the default`,
    ],
    [
      'default control off, unit on',
      '  default: { controls: { s3-public-access: off } }\n  organizationalUnits: { /Sandbox: on }',
      'Sandbox',
      'on by /Sandbox',
    ],
    [
      'an account that speaks only of parameters',
      '  default: approval\n  accounts: { "333333333333": { controls: { s3-public-access: { parameters: { fix: lockdown } } } } }',
      'Prod',
      'approval by the default',
    ],
    [
      'a section with a flag for the control',
      '  accounts: { "333333333333": { controls: { s3-public-access: { flag: on, parameters: { fix: lockdown } } } } }',
      'Prod',
      `on by ${buckets} in account 333333333333`,
    ],
  ])('%s', (_what, autoResponse, unit, expected) => {
    expect(outcome(autoResponse, placeUnder(unit))).toBe(expected);
  });
});

const byUnit =
  '  default: off\n  organizationalUnits: { /Workloads: approval, /Workloads/Prod: off, ou-abcd-sandbox0: on }';

describe('resolve: an account moved between units takes what holds where it lies now', () => {
  it.each<Case>([
    ['from Prod', byUnit, 'Prod', 'off by /Workloads/Prod'],
    ['one up', byUnit, 'Workloads', 'approval by /Workloads'],
    ['one down', byUnit, 'Cell', 'off by /Workloads/Prod'],
    ['to Sandbox', byUnit, 'Sandbox', 'on by ou-abcd-sandbox0'],
    ['to a unit of the same name elsewhere', byUnit, 'SandboxProd', 'on by ou-abcd-sandbox0'],
    ['to the root', byUnit, 'root', 'off by the default'],
    [
      'to anywhere, when its own flag is said',
      `${byUnit}\n  accounts: { "333333333333": approval }`,
      'Sandbox',
      'approval by account 333333333333',
    ],
  ])('%s', (_what, autoResponse, unit, expected) => {
    expect(outcome(autoResponse, placeUnder(unit))).toBe(expected);
  });
});

describe('resolve: ids, names and paths', () => {
  const named = '  accounts: { payments-prod: on }';
  const path = '  organizationalUnits: { /Workloads/Prod: on }';
  it.each<[string, string, AccountPlace, string]>([
    ['an account by name', named, placeUnder('Prod'), 'on by account payments-prod'],
    [
      'a name with control before a unit',
      '  organizationalUnits: { /: on }\n  accounts: { payments-prod: { controls: { s3-public-access: off } } }',
      placeUnder('Prod'),
      `off by ${buckets} in account payments-prod`,
    ],
    ['another name', named, placeUnder('Prod', { name: 'payments' }), 'off by the default'],
    ['the same name in capitals', named, placeUnder('Prod', { name: 'Payments-Prod' }), 'off by the default'],
    [
      'a name that every object has',
      '  accounts: { payments-prod: on }',
      placeUnder('Prod', { name: 'constructor' }),
      'off by the default',
    ],
    [
      'an account named constructor',
      '  accounts: { constructor: on }',
      placeUnder('Prod', { name: 'constructor' }),
      'on by account constructor',
    ],
    [
      "a name that is another account's id",
      '  accounts: { "444444444444": on, other: off }',
      placeUnder('Prod', { name: '444444444444' }),
      'off by the default',
    ],
    [
      'an id, while another account is named',
      '  accounts: { "333333333333": on, other: off }',
      placeUnder('Prod'),
      'on by account 333333333333',
    ],
    ['a unit by path', path, placeUnder('Prod'), 'on by /Workloads/Prod'],
    ['a unit nested in a path', path, placeUnder('Cell'), 'on by /Workloads/Prod'],
    ['the unit above a path', path, placeUnder('Workloads'), 'off by the default'],
    ['a unit of the same name under another', path, placeUnder('SandboxProd'), 'off by the default'],
    [
      'a path in small letters',
      '  organizationalUnits: { /workloads/prod: on }',
      placeUnder('Prod'),
      'off by the default',
    ],
    [
      'a name alone, which is no path',
      '  organizationalUnits: { /Prod: on }',
      placeUnder('Prod'),
      'off by the default',
    ],
    [
      'an id above a path',
      '  organizationalUnits: { ou-abcd-workload: off, /Workloads/Prod: on }',
      placeUnder('Cell'),
      'on by /Workloads/Prod',
    ],
    [
      'a path above an id',
      '  organizationalUnits: { /Workloads: on, ou-abcd-workprod: off }',
      placeUnder('Cell'),
      'off by ou-abcd-workprod',
    ],
    [
      'units by id, without asking for names',
      '  organizationalUnits: { ou-abcd-workload: on }',
      { accountId: '333333333333', path: [{ id: 'ou-abcd-workload' }, { id: 'r-abcd' }] },
      'on by ou-abcd-workload',
    ],
    [
      'the root as /, without asking for names',
      '  organizationalUnits: { /: on }',
      { accountId: '333333333333', path: [{ id: 'ou-abcd-workload' }, { id: 'r-abcd' }] },
      'on by /',
    ],
    [
      'accounts by id, however many share its name',
      '  accounts: { "333333333333": on }',
      placeUnder('Prod', { sameName: 2 }),
      'on by account 333333333333',
    ],
    [
      'a shared name that the policy does not use',
      '  default: on\n  accounts: { other: off }',
      placeUnder('Prod', { sameName: 2 }),
      'on by the default',
    ],
    [
      'a name with a slash that no path could mean',
      '  default: on\n  organizationalUnits: { /Workloads: off }',
      placeUnder('Prod', { path: [{ id: 'ou-abcd-slash000', name: 'A/B' }, { id: 'r-abcd' }] }),
      'on by the default',
    ],
  ])('%s', (_what, autoResponse, place, expected) => {
    expect(outcome(autoResponse, place)).toBe(expected);
  });
});

describe('resolve: what cannot be told for certain is never a fix', () => {
  it.each<[string, string, AccountPlace, string]>([
    [
      'id and name of the same account, contradicting',
      '  accounts: { "333333333333": on, payments-prod: off }',
      placeUnder('Prod'),
      'names the same twice, as 333333333333 (policy.yaml:7) and as payments-prod (policy.yaml:7); remove one.',
    ],
    [
      'id and name of the same account, with the same words',
      '  accounts: { "333333333333": on, payments-prod: on }',
      placeUnder('Prod'),
      'remove one.',
    ],
    [
      'id and name of the same account, for different controls',
      `  accounts: { "333333333333": { controls: { ${groups}: off } }, payments-prod: on }`,
      placeUnder('Prod'),
      'remove one.',
    ],
    [
      'id and path of the same unit',
      '  organizationalUnits: { /Workloads: on, ou-abcd-workload: off }',
      placeUnder('Workloads'),
      'as ou-abcd-workload (policy.yaml:7) and as /Workloads (policy.yaml:7); remove one.',
    ],
    [
      'id and path of the same unit, above one that decides',
      '  organizationalUnits: { /Workloads: on, ou-abcd-workload: on, /Workloads/Prod: on }',
      placeUnder('Prod'),
      'remove one.',
    ],
    [
      "id and path of the same unit, under an account's own flag",
      '  organizationalUnits: { /Workloads: on, ou-abcd-workload: on }\n  accounts: { "333333333333": on }',
      placeUnder('Prod'),
      'remove one.',
    ],
    [
      'a name that two accounts have',
      '  default: on\n  accounts: { payments-prod: off }',
      placeUnder('Prod', { sameName: 2 }),
      '2 accounts are named payments-prod, so the policy does not say which it means (policy.yaml:8); name it by its id.',
    ],
    [
      'a name of which it is not known how many have it',
      '  accounts: { payments-prod: on }',
      { accountId: '333333333333', name: 'payments-prod', path: [{ id: 'r-abcd' }] },
      'It is not known whether account 333333333333 alone is named payments-prod',
    ],
    [
      'an account whose name is not known, while the policy uses names',
      '  default: on\n  accounts: { other: off }',
      { accountId: '333333333333', path: [{ id: 'r-abcd' }] },
      'The name of account 333333333333 is not known',
    ],
    [
      'units whose names are not known, while the policy uses paths',
      '  default: on\n  organizationalUnits: { /Workloads: off }',
      { accountId: '333333333333', path: [{ id: 'ou-abcd-workload' }, { id: 'r-abcd' }] },
      'The names of what account 333333333333 lies under are not known',
    ],
    [
      'one unit of several whose name is not known',
      '  default: on\n  organizationalUnits: { /Workloads: off }',
      {
        accountId: '333333333333',
        path: [{ id: 'ou-abcd-workprod', name: 'Prod' }, { id: 'ou-abcd-workload' }, { id: 'r-abcd' }],
      },
      'are not known',
    ],
    [
      'a name with a slash that a path may mean',
      '  default: on\n  organizationalUnits: { /A/B: off }',
      placeUnder('Prod', { path: [{ id: 'ou-abcd-slash000', name: 'A/B' }, { id: 'r-abcd' }] }),
      'holds a slash, so /A/B may mean it or another (policy.yaml:8); name it by its id.',
    ],
    ['no path', '  default: on', placeUnder('Prod', { path: [] }), 'it lies under nothing'],
    [
      'a path that does not reach the root',
      '  default: on',
      placeUnder('Prod', { path: [{ id: 'ou-abcd-workload', name: 'Workloads' }] }),
      'not known up to the root',
    ],
    [
      'something that is no id on the path',
      '  accounts: { "333333333333": on }',
      placeUnder('Prod', { path: [{ id: 'constructor' }, { id: 'r-abcd' }] }),
      'not known up to the root',
    ],
    [
      'a malformed account',
      '  default: on',
      placeUnder('Prod', { accountId: '__proto__' }),
      'account __proto__',
    ],
  ])('%s', (_what, autoResponse, place, expected) => {
    const told = outcome(autoResponse, place);
    expect(told).toMatch(/^unresolved: /);
    expect(told).toContain(expected);
  });

  it.each(['iam-password-policy', 'no-such-control', 'constructor'])(
    'a control that is never fixed: %s',
    (control) => {
      expect(outcome('  default: on', placeUnder('Prod'), control)).toContain(
        `unresolved: The policy knows no control ${control}`,
      );
    },
  );

  it('a name used by an exemption alone that two accounts have', () => {
    expect(() =>
      resolve(
        policyOf(`  default: on
exemptions:
  - { control: ${buckets}, account: payments-prod, resource: photos, reason: r, owner: o, expires: 2027-01-01 }`),
        placeUnder('Prod', { sameName: 2 }),
        buckets,
      ),
    ).toThrow('2 accounts are named payments-prod');
  });
});

describe('resolve: parameters', () => {
  const defaultPorts = [
    22, 23, 135, 445, 1433, 1521, 2375, 3306, 3389, 5432, 5601, 5900, 5985, 6379, 9200, 11211, 27017,
  ];
  const ports = (autoResponse: string, unit: UnitName) => {
    const { parameters, parametersDecidedBy } = resolve(policyOf(autoResponse), placeUnder(unit), groups);
    return [parameters.prohibitedPorts, parametersDecidedBy.replace(/ \(policy.yaml.*\)$/, '')];
  };
  const only = (port: number) =>
    `{ controls: { ${groups}: { parameters: { prohibitedPorts: [${port}] } } } }`;
  const levels = `  default: ${only(1)}
  organizationalUnits:
    /Workloads: ${only(2)}
    /Workloads/Prod: { flag: on, controls: { ${groups}: on } }
  accounts:
    payments-prod: on
`;

  it.each<[string, string, UnitName, unknown[]]>([
    ['defaults where none are given', '', 'Prod', [defaultPorts, "the control's defaults"]],
    ["the default's", levels, 'Sandbox', [[1], `${groups} in the default`]],
    [
      'those of the nearest level that gives any, whoever decides the flag',
      levels,
      'Prod',
      [[2], `${groups} in /Workloads`],
    ],
    [
      "the account's",
      levels.replace('payments-prod: on', `payments-prod: ${only(3)}`),
      'Prod',
      [[3], `${groups} in account payments-prod`],
    ],
  ])('takes %s', (_what, autoResponse, unit, expected) => {
    expect(ports(autoResponse, unit)).toEqual(expected);
  });

  it('never mixes those of two levels: what the nearest leaves out has its default', () => {
    const policy = policyOf(`  default: { controls: { ${groups}: { parameters: { keepProtocols: [132] } } } }
  accounts: { "333333333333": ${only(3)} }`);
    expect(resolve(policy, placeUnder('Prod'), groups).parameters).toMatchObject({
      prohibitedPorts: [3],
      keepProtocols: [],
    });
  });
});

describe('resolve: the explanation', () => {
  it('names every level in order, the line of what it says, and what decided', () => {
    const policy = policyOf(`  default: off
  organizationalUnits:
    /Workloads:
      flag: approval
      controls:
        s3-public-access:
          flag: on
          parameters:
            fix: lockdown
`);
    const { decidedBy, parametersDecidedBy, steps } = resolve(policy, placeUnder('Workloads'), buckets);

    expect(decidedBy).toBe('s3-public-access in /Workloads (policy.yaml:13)');
    expect(parametersDecidedBy).toBe('s3-public-access in /Workloads (policy.yaml:14)');
    expect(steps).toEqual([
      { what: 's3-public-access in account 333333333333' },
      { what: 'account 333333333333' },
      {
        what: 's3-public-access in /Workloads',
        flag: { value: 'on', source: 'policy.yaml:13', decides: true },
        parameters: { values: { fix: 'lockdown' }, source: 'policy.yaml:14', decides: true },
      },
      { what: '/Workloads', flag: { value: 'approval', source: 'policy.yaml:10', decides: false } },
      { what: 's3-public-access in /' },
      { what: '/' },
      { what: 's3-public-access in the default' },
      { what: 'the default', flag: { value: 'off', source: 'policy.yaml:7', decides: false } },
    ]);
  });

  it('says so where the default is nowhere in the file', () => {
    expect(resolve(policyOf(''), placeUnder('root'), buckets).decidedBy).toBe(
      'the default (policy.yaml, which sets none)',
    );
  });
});
