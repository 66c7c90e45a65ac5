import { policyPlan } from '../../../cli/plan/policy-plan';
import { settingsChanges } from '../../../cli/plan/settings-changes';
import { policyOf, policyWith } from '../../config/support/policy';
import { structureWith } from '../structures';

const structure = structureWith();
const plan = (next: string, deployed?: string, targets = ['r-abcd']) =>
  policyPlan(
    { next: policyOf(next), targets, ...(deployed !== undefined && { deployed: policyOf(deployed) }) },
    structure,
  );
const differences = (...of: Parameters<typeof plan>) =>
  Object.fromEntries(plan(...of).map(({ account, difference }) => [account.id, difference]));

describe('the plan of a policy', () => {
  it('puts the accounts first in which something would start being fixed, then other changes', () => {
    const next = '  accounts: { "333333333333": off, "444444444444": on, "555555555555": approval }';
    expect(
      plan(next, '  accounts: { "333333333333": on }').map(({ account, difference }) => [
        account.id,
        difference,
      ]),
    ).toEqual([
      ['444444444444', 'starts'],
      ['555555555555', 'changes'],
      ['333333333333', 'changes'],
      ['222222222222', 'stays'],
    ]);
  });

  it('leaves out the management account, and closed ones', () => {
    const ids = plan('').map(({ account }) => account.id);
    expect(ids).not.toContain('111111111111');
    expect(ids).not.toContain('666666666666');
  });

  it('takes everything for a change where nothing is deployed', () => {
    expect(differences('  organizationalUnits: { /Sandbox: on }')).toEqual({
      '222222222222': 'changes',
      '333333333333': 'changes',
      '444444444444': 'starts',
      '555555555555': 'starts',
    });
  });

  it('takes one control that starts for an account that starts', () => {
    const control = '  organizationalUnits: { /Workloads: { controls: { s3-public-access: on } } }';
    const [first] = plan(control, '  default: off');
    expect(first).toMatchObject({ account: { id: '333333333333' }, difference: 'starts' });
    expect(first?.controls.map(({ control: id, difference }) => [id, difference])).toEqual([
      ['security-group-open-ports', 'stays'],
      ['s3-public-access', 'starts'],
    ]);
  });

  it('sees a change of parameters alone, and none where only a line moved', () => {
    const parameters = (ports: string) =>
      `  organizationalUnits: { /Workloads: { controls: { security-group-open-ports: { parameters: { prohibitedPorts: ${ports} } } } } }`;
    expect(differences(parameters('[22]'), parameters('[22, 23]'))['333333333333']).toBe('changes');
    expect(differences(`\n\n${parameters('[22]')}`, parameters('[22]'))['333333333333']).toBe('stays');
  });

  it('never says that an account starts which nothing watches', () => {
    const [, ...rest] = plan('  default: on', '  default: off', ['ou-abcd-workload']);
    expect(rest.map(({ watched, difference }) => [watched, difference])).toEqual(
      rest.map(() => [false, 'stays']),
    );
  });

  it('names the accounts that were fixed until now, and are not watched any more', () => {
    const unwatched = plan('  default: off', '  default: on', ['ou-abcd-workload']).filter(
      ({ watched }) => !watched,
    );
    expect(unwatched.length).toBeGreaterThan(1);
    expect(new Set(unwatched.map(({ difference }) => difference))).toEqual(new Set(['changes']));
  });

  it('takes a fix that starts again after the policy could not be resolved for one that starts', () => {
    const twice = '  accounts: { "333333333333": on, payments-prod: on }';
    expect(differences('  accounts: { "333333333333": on }', twice)['333333333333']).toBe('starts');
    expect(differences(twice, '  accounts: { "333333333333": on }')['333333333333']).toBe('changes');
  });
});

describe('what changes for all accounts', () => {
  const exemption = (resource: string, reason = 'r') =>
    `exemptions:\n  - { control: s3-public-access, account: "333333333333", resource: ${resource}, reason: ${reason}, owner: o, expires: 2026-12-01 }\n`;

  it('is said line by line', () => {
    expect(
      settingsChanges(
        policyWith(
          `lossy: apply\nlimits: { fixesPerHour: { account: 5, organization: 50 } }\n${exemption('a')}`,
        ),
        policyWith(exemption('b')),
      ),
    ).toEqual([
      'lossy: wait → apply',
      'fixes an hour: 20 in an account, 100 in all → 5 in an account, 50 in all',
      'exemption comes: a from s3-public-access in account 333333333333, until 2026-12-01 (policy.yaml:9)',
      'exemption goes: b from s3-public-access in account 333333333333, until 2026-12-01 (policy.yaml:7)',
    ]);
  });

  it('is nothing where only words differ', () => {
    expect(settingsChanges(policyWith(exemption('a', 'why')), policyWith(exemption('a')))).toEqual([]);
  });
});
