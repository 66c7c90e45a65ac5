import { customFacts } from '../../../controls/facts';
import { policyPlan } from '../../../operator/plan/policy-plan';
import { settingsChanges } from '../../../operator/plan/settings-changes';
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
    expect(first?.controls.map(({ control: id, difference }) => [id, difference])).toEqual(
      customFacts.map(({ id }) => [id, id === 's3-public-access' ? 'starts' : 'stays']),
    );
  });

  it('sees a change of parameters alone, and none where only a line moved', () => {
    const parameters = (ports: string) =>
      `  organizationalUnits: { /Workloads: { controls: { security-group-open-ports: { parameters: { prohibitedPorts: ${ports} } } } } }`;
    expect(differences(parameters('[22]'), parameters('[22, 23]'))['333333333333']).toBe('changes');
    expect(differences(`\n\n${parameters('[22]')}`, parameters('[22]'))['333333333333']).toBe('stays');
  });

  it('takes what parameters make fixable, where the flag is on, for something that starts, and says what', () => {
    const ports = (list: string, flag = 'on') =>
      `  organizationalUnits: { /Workloads: { flag: ${flag}, controls: { security-group-open-ports: { parameters: { prohibitedPorts: ${list} } } } } }`;
    const [first] = plan(ports('[22, 23, "53/udp"]'), ports('[22, 3389]'));

    expect(first).toMatchObject({ account: { id: '333333333333' }, difference: 'starts' });
    expect(first?.controls[0]).toMatchObject({
      difference: 'starts',
      newlyDangerous: ['tcp 23; udp 53'],
    });
    expect(differences(ports('[22]'), ports('[22, 3389]'))['333333333333']).toBe('changes');
    expect(differences(ports('[22, 23]', 'approval'), ports('[22]', 'approval'))['333333333333']).toBe(
      'changes',
    );
  });

  it('takes a line that is drawn closer for something that starts', () => {
    const lines = (control: string, parameters: string) =>
      `  default: { flag: on, controls: { ${control}: { parameters: ${parameters} } } }`;
    const [group] = plan(
      lines('security-group-open-ports', '{ ipv4Prefix: 16, ipv6SumPrefix: 32 }'),
      lines('security-group-open-ports', '{}'),
    );
    expect(group?.controls[0]?.newlyDangerous).toEqual([
      'IPv4 ranges broader than /16',
      'sums of IPv6 ranges broader than /32',
    ]);
    const [wide] = plan(
      lines('security-group-wide-open', '{ mostPorts: 10 }'),
      lines('security-group-wide-open', '{ mostPorts: 100 }'),
    );
    expect(wide?.controls[1]?.newlyDangerous).toEqual(['more than 10 ports of a protocol']);
  });

  it('takes a control that the deployed policy does not know, and its parameters of another version, for what starts', () => {
    const next = policyWith('autoResponse: { default: on }');
    const deployed = policyWith('autoResponse: { default: on }');
    const { 'security-group-wide-open': _unknown, ...rest } = deployed.parameterDefaults;
    const older = { prohibitedPorts: [22, 1433, 3306, 3389], keepOpen: [80, 443], ipv4Prefix: 8 };
    const [first] = policyPlan(
      {
        next,
        targets: ['r-abcd'],
        deployed: { ...deployed, parameterDefaults: { ...rest, 'security-group-open-ports': older } },
      },
      structure,
    );

    const starting = first?.controls.filter(({ difference }) => difference === 'starts');
    expect(starting?.map(({ control }) => control)).toEqual([
      'security-group-open-ports',
      'security-group-wide-open',
    ]);
    expect(first?.controls[0]?.newlyDangerous).toEqual([
      'tcp 23, 135, 445, 1521, 2375, 5432, 5601, 5900, 5985, 6379, 9200, 11211, 27017',
    ]);
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
          `lossy: apply\nlimits: { fixesPerHour: { account: 5, organization: 50 } }\n${exemption('photos')}`,
        ),
        policyWith(exemption('films')),
      ),
    ).toEqual([
      'lossy: wait → apply',
      'fixes an hour: 20 in an account, 100 in all → 5 in an account, 50 in all',
      'exemption comes: photos from s3-public-access in account 333333333333, until 2026-12-01 (policy.yaml:9)',
      'exemption goes: films from s3-public-access in account 333333333333, until 2026-12-01 (policy.yaml:7)',
    ]);
  });

  it('is said of every limit and time, and of freezes', () => {
    const freeze = (to: string, reason = 'holidays') =>
      `freezes: [{ from: 2026-12-19, to: ${to}, reason: ${reason}, organizationalUnits: [/Sandbox], accounts: [payments-prod] }]\n`;
    const next = policyWith(
      `limits: { failuresPerHour: 3, concurrency: 20 }\napprovals: { expire: 90m }\nretention: { undo: 30d }\n${freeze('2027-01-06')}`,
    );
    expect(
      settingsChanges(next, policyWith('freezes: [{ from: 2026-12-01, to: 2026-12-02, reason: r }]\n')),
    ).toEqual([
      'failed fixes an hour in an account: 10 → 3',
      'messages at once: 50 → 20',
      'approvals expire after: 1 day → 90 minutes',
      'kept after they were closed: findings 365 days, what an undo needs 365 days → findings 365 days, what an undo needs 30 days',
      'freeze comes: /Sandbox, account payments-prod, from 2026-12-19 to 2027-01-06 (policy.yaml:9): holidays',
      'freeze goes: the whole organization, from 2026-12-01 to 2026-12-02 (policy.yaml:6): r',
    ]);
    expect(
      settingsChanges(policyWith(freeze('2027-01-06')), policyWith(freeze('2027-01-06', 'other'))),
    ).toEqual([]);
  });

  it('is said of what is deployed where', () => {
    const next = policyWith(
      'exclude: [/Old]\nrollout: { pilot: [/Sandbox] }\nrecorder: { default: existing, frequency: daily, organizationalUnits: { /Sandbox: own } }\n',
    );
    expect(settingsChanges(next, policyWith(''))).toEqual([
      'excluded: nothing → /Old',
      'recorder: own → existing, own in /Sandbox, daily',
      'pilot: nothing → /Sandbox',
    ]);
  });

  it('is nothing where only words differ', () => {
    expect(settingsChanges(policyWith(exemption('photos', 'why')), policyWith(exemption('photos')))).toEqual(
      [],
    );
  });
});
