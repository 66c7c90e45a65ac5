import { CompiledPolicyError, parseCompiledPolicy } from '../../config/compiled';
import { usesNames, usesPaths } from '../../config/place';
import { policyWith } from './support/policy';

const full = policyWith(`autoResponse:
  default: { flag: off, controls: { s3-public-access: { parameters: { fix: lockdown } } } }
  organizationalUnits: { /Workloads: { controls: { security-group-open-ports: on } }, ou-abcd-sandbox0: on }
  accounts: { payments-prod: approval, "333333333333": off }
exemptions:
  - { control: s3-public-access, account: "333333333333", resource: "*", region: eu-west-1, reason: r, owner: o, expires: 2027-03-01 }
exemptionRules: { byTag: { organizationalUnits: [/Sandbox], maximumDays: 14 } }
freezes:
  - { from: 2026-12-19, to: 2027-01-06, reason: r, organizationalUnits: [/Workloads], accounts: [payments-prod] }
`);

describe('compilePolicy', () => {
  it('keeps the line of every entry, and when an exemption ends', () => {
    expect(full.default.controls['s3-public-access']).toEqual({
      parameters: { values: { fix: 'lockdown' }, source: 'policy.yaml:7' },
      source: 'policy.yaml:7',
    });
    expect(full.exemptions).toEqual([
      {
        control: 's3-public-access',
        account: '333333333333',
        resource: '*',
        region: 'eu-west-1',
        reason: 'r',
        owner: 'o',
        expires: '2027-03-01',
        until: '2027-03-02T00:00:00.000Z',
        source: 'policy.yaml:11',
      },
    ]);
    expect(full.exemptionRules).toEqual({
      maximumDays: 365,
      byTag: { organizationalUnits: ['/Sandbox'], maximumDays: 14, source: 'policy.yaml:12' },
    });
    expect(full.limits).toEqual({
      fixesPerHour: { account: 20, organization: 100 },
      failuresPerHour: 10,
      openFindings: 500,
      concurrency: 50,
    });
  });

  it('has a default for everything that the policy leaves out', () => {
    expect(policyWith('')).toMatchObject({
      version: 3,
      approvals: { expireMinutes: 1440 },
      exemptions: [],
      freezes: [],
      limits: {
        fixesPerHour: { account: 20, organization: 100 },
        failuresPerHour: 10,
        openFindings: 500,
        concurrency: 50,
      },
      retention: { findingsDays: 365, undoDays: 365 },
    });
  });

  it('holds the default parameters of every control that can be fixed', () => {
    expect(full.parameterDefaults).toMatchObject({
      's3-public-access': { fix: 'surgical' },
      'security-group-open-ports': { prohibitedPorts: expect.arrayContaining([22, 1433, 3306, 3389, 5432]) },
      'security-group-wide-open': { mostPorts: 1024, keepOpen: [80, 443] },
    });
  });

  it('is the same wherever the file lies', () => {
    expect(JSON.stringify(full)).not.toContain('somewhere');
  });
});

describe('parseCompiledPolicy', () => {
  it('reads back what was compiled', () => {
    expect(parseCompiledPolicy(JSON.stringify(full))).toEqual(full);
  });

  const [exemption] = full.exemptions;
  const [freeze] = full.freezes;
  it.each<[string, string]>([
    ['text that is not JSON', '{'],
    ['null', 'null'],
    ['the version before', JSON.stringify({ ...full, version: 2 })],
    ['a policy without approvals', JSON.stringify({ ...full, approvals: undefined })],
    ['a policy without freezes', JSON.stringify({ ...full, freezes: undefined })],
    ['a policy without retention', JSON.stringify({ ...full, retention: undefined })],
    [
      'a policy without a limit of failures',
      JSON.stringify({ ...full, limits: { fixesPerHour: full.limits.fixesPerHour } }),
    ],
    ['an approval that never counts', JSON.stringify({ ...full, approvals: { expireMinutes: 0 } })],
    [
      'a freeze that names no list of accounts',
      JSON.stringify({ ...full, freezes: [{ ...freeze, accounts: undefined }] }),
    ],
    [
      'a freeze that ends when it begins',
      JSON.stringify({ ...full, freezes: [{ ...freeze, to: freeze?.from }] }),
    ],
    [
      'a freeze that ends at no moment',
      JSON.stringify({ ...full, freezes: [{ ...freeze, to: '2027-01-07' }] }),
    ],
    ['an unknown key', JSON.stringify({ ...full, exceptions: {} })],
    ['an unknown flag', JSON.stringify({ ...full, default: { ...full.default, flag: 'maybe' } })],
    ['a default without a flag', JSON.stringify({ ...full, default: { source: 'x', controls: {} } })],
    ['a malformed account', JSON.stringify({ ...full, accounts: { '1': full.default } })],
    ['a malformed path', JSON.stringify({ ...full, organizationalUnits: { '/A/': full.default } })],
    ['a missing default', JSON.stringify({ ...full, default: undefined })],
    [
      'an exemption of nobody',
      JSON.stringify({ ...full, exemptions: [{ ...exemption, account: undefined }] }),
    ],
    [
      'an exemption of an account and a unit',
      JSON.stringify({ ...full, exemptions: [{ ...exemption, organizationalUnit: '/' }] }),
    ],
    [
      'an exemption without an end',
      JSON.stringify({ ...full, exemptions: [{ ...exemption, until: 'never' }] }),
    ],
  ])('refuses %s', (_what, json) => {
    expect(() => parseCompiledPolicy(json)).toThrow(CompiledPolicyError);
  });
});

describe('usesNames and usesPaths', () => {
  const exemption = (who: string) =>
    `exemptions: [{ control: s3-public-access, ${who}, resource: photos, reason: r, owner: o, expires: 2027-01-01 }]`;
  const freeze = (whom: string, to = '2026-12-31') =>
    `freezes: [{ from: 2026-10-01, to: ${to}, reason: r, ${whom} }]`;
  it.each<[string, boolean, boolean]>([
    ['', false, false],
    ['autoResponse: { accounts: { "333333333333": on } }', false, false],
    ['autoResponse: { accounts: { payments-prod: on } }', true, false],
    ['autoResponse: { organizationalUnits: { ou-abcd-sandbox0: on, /: off } }', false, false],
    ['autoResponse: { organizationalUnits: { /Sandbox: on } }', false, true],
    [exemption('account: "333333333333"'), false, false],
    [exemption('account: payments-prod'), true, false],
    [exemption('organizationalUnit: /Sandbox'), false, true],
    ['exemptionRules: { byTag: { organizationalUnits: [/Sandbox], maximumDays: 1 } }', false, true],
    [freeze(''), false, false],
    [freeze('accounts: ["333333333333"]'), false, false],
    [freeze('accounts: ["333333333333", payments-prod]'), true, false],
    [freeze('organizationalUnits: [ou-abcd-sandbox0, /]'), false, false],
    [freeze('organizationalUnits: [/, /Sandbox]'), false, true],
    [freeze('accounts: [payments-prod]', '2026-10-01'), false, false],
  ])('of %j are %s and %s', (sections, names, paths) => {
    const policy = policyWith(sections);
    expect([usesNames(policy), usesPaths(policy)]).toEqual([names, paths]);
  });
});
