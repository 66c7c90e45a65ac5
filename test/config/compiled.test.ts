import { CompiledPolicyError, parseCompiledPolicy } from '../../config/compiled';
import { anyFlagOn } from '../../config/flag';
import { usesNames, usesPaths } from '../../config/place';
import { policyOf, policyWith } from './support/policy';

const full = policyWith(`autoResponse:
  default: { flag: off, controls: { s3-public-access: { parameters: { fix: lockdown } } } }
  organizationalUnits: { /Workloads: { controls: { security-group-open-ports: on } }, ou-abcd-sandbox0: on }
  accounts: { payments-prod: approval, "333333333333": off }
exemptions:
  - { control: s3-public-access, account: "333333333333", resource: "*", region: eu-west-1, reason: r, owner: o, expires: 2027-03-01 }
exemptionRules: { byTag: { organizationalUnits: [/Sandbox], maximumDays: 14 } }
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
    expect(full.limits).toEqual({ fixesPerHour: { account: 20, organization: 100 } });
  });

  it('holds the default parameters of every control that can be fixed', () => {
    expect(full.parameterDefaults).toMatchObject({
      's3-public-access': { fix: 'surgical' },
      'security-group-open-ports': { prohibitedPorts: [22, 1433, 3306, 3389] },
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
  it.each<[string, string]>([
    ['text that is not JSON', '{'],
    ['null', 'null'],
    ['another version', JSON.stringify({ ...full, version: 1 })],
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

describe('anyFlagOn', () => {
  it.each<[string, boolean]>([
    ['', false],
    ['  default: off\n  accounts: { "333333333333": off }', false],
    ['  accounts: { "333333333333": { controls: { s3-public-access: off } } }', false],
    ['  default: approval', true],
    ['  default: { controls: { s3-public-access: approval } }', true],
    ['  organizationalUnits: { r-abcd: on }', true],
    ['  organizationalUnits: { r-abcd: { flag: off, controls: { s3-public-access: on } } }', true],
    ['  accounts: { "333333333333": approval }', true],
    ['  accounts: { payments-prod: { controls: { s3-public-access: { flag: on } } } }', true],
  ])('of %j is %s', (autoResponse, expected) => {
    expect(anyFlagOn(policyOf(autoResponse))).toBe(expected);
  });
});

describe('usesNames and usesPaths', () => {
  const exemption = (who: string) =>
    `exemptions: [{ control: s3-public-access, ${who}, resource: a, reason: r, owner: o, expires: 2027-01-01 }]`;
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
  ])('of %j are %s and %s', (sections, names, paths) => {
    const policy = policyWith(sections);
    expect([usesNames(policy), usesPaths(policy)]).toEqual([names, paths]);
  });
});
