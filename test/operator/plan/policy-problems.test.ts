import { policyProblems } from '../../../operator/plan/policy-problems';
import { policyWith } from '../../config/support/policy';
import { accountIn, structureWith } from '../structures';

const structure = structureWith(accountIn('prod', '777777777777', 'trial-one'));
const problems = (sections: string, targets = ['r-abcd']) =>
  policyProblems(policyWith(sections), structure, { targets });

describe('where policy and organization do not fit together', () => {
  it('finds nothing where everything exists', () => {
    expect(
      problems(`autoResponse:
  organizationalUnits: { /: off, /Workloads/Prod: on, ou-abcd-sandbox0: on }
  accounts: { payments-prod: off, "444444444444": on }
exemptionRules: { byTag: { organizationalUnits: [/Sandbox], maximumDays: 3 } }
`),
    ).toEqual([]);
  });

  it.each([
    [
      'accounts: { payments-prd: off }',
      'no account of the organization has this name. Did you mean payments-prod?',
      true,
    ],
    [
      'accounts: { "333333333334": off }',
      'no account of the organization has this id. Did you mean 333333333333?',
      undefined,
    ],
    ['accounts: { trial-one: off }', '2 accounts have this name (444444444444, 777777777777)', undefined],
    [
      'organizationalUnits: { /Workloads/Prd: off }',
      'no organizational unit has this path. Did you mean /Workloads/Prod?',
      true,
    ],
    [
      'organizationalUnits: { ou-abcd-workprd0: off }',
      'no organizational unit has this id. Did you mean ou-abcd-workprod?',
      undefined,
    ],
    ['accounts: { payments-prod: off, "333333333333": on }', 'stands there as well; remove one', undefined],
    [
      'organizationalUnits: { /Sandbox: off, ou-abcd-sandbox0: off }',
      'stands there as well; remove one',
      undefined,
    ],
    ['organizationalUnits: { /workloads: off }', 'has this path. Did you mean /Workloads?', true],
  ])('says so of %s, with the line', (section, message, stopsAllFixes) => {
    const found = problems(`autoResponse:\n  ${section}\n`);
    expect(found).toEqual([
      expect.objectContaining({ source: 'policy.yaml:7', message: expect.stringContaining(message) }),
    ]);
    expect(found[0]?.stopsAllFixes).toBe(stopsAllFixes);
  });

  it('looks at exemptions and tag rules as well, each line for itself', () => {
    const found = problems(`exemptions:
  - { control: s3-public-access, account: nobody-here, resource: photos, reason: r, owner: o, expires: 2026-12-01 }
  - { control: s3-public-access, account: nobody-here, resource: films, reason: r, owner: o, expires: 2026-12-01 }
exemptionRules: { byTag: { organizationalUnits: [/Nowhere], maximumDays: 3 } }
`);
    expect(found.map(({ key, source }) => `${key} ${source}`)).toEqual([
      'nobody-here policy.yaml:7',
      'nobody-here policy.yaml:8',
      '/Nowhere policy.yaml:9',
    ]);
  });

  it('names a target, a hub and a management account that do not exist', () => {
    const elsewhere = { units: structure.units, accounts: [] };
    expect(
      policyProblems(policyWith(''), elsewhere, { targets: ['ou-abcd-12345678'] }).map(({ key }) => key),
    ).toEqual([
      'targets: ou-abcd-12345678',
      'hub.account: 222222222222',
      'organization.managementAccount: 111111111111',
    ]);
  });

  it('tells every key of the placement that means nothing', () => {
    const placement = {
      targets: ['/Workloads', '/Nowhere', '999999999999'],
      exclude: ['ou-abcd-12345678'],
      rollout: { pilot: ['/Sandbo'] },
    };
    expect(policyProblems(policyWith(''), structure, placement).map(({ key }) => key)).toEqual([
      'targets: /Nowhere',
      'targets: 999999999999',
      'exclude: ou-abcd-12345678',
      'rollout.pilot: /Sandbo',
    ]);
  });
});
