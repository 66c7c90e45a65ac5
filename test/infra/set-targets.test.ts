import type { SavedStructure } from '../../config/saved-structure';
import { findSetTargets } from '../../infra/stack-sets/find-set-targets';
import { accountGroups, unitGroups } from '../../infra/stack-sets/instance-groups';
import { policyWith } from '../config/support/policy';
import { accountIds, structure } from '../config/support/structure';

const units = {
  Workloads: 'ou-abcd-workload',
  Prod: 'ou-abcd-workprod',
  Cell: 'ou-abcd-workcell',
  Sandbox: 'ou-abcd-sandbox0',
  SandboxProd: 'ou-abcd-sandprod',
};

/** Where the sets go by a policy with these sections in place of `targets: [r-abcd]`. */
function targetsOf(sections: string, known: SavedStructure | null = structure) {
  const [said] = /^targets: .*\n/m.exec(sections) ?? [];
  const targets = /\[(.*)\]/.exec(said ?? '[r-abcd]')?.[1]?.split(', ') ?? [];
  return findSetTargets({ ...policyWith(sections.replace(said ?? '', '')), targets }, known ?? undefined);
}
const everywhere = { units: ['r-abcd'], except: [], accounts: [] };
const nowhere = { units: [], except: [], accounts: [] };

describe('where stack sets go, by the structure', () => {
  it('is one unit for everything, where nothing differs', () => {
    const { rest, pilot } = targetsOf('');
    expect(rest).toEqual({
      access: everywhere,
      remediation: nowhere,
      trail: everywhere,
      recorder: everywhere,
      rules: everywhere,
    });
    expect(Object.values(pilot)).toEqual(Array(5).fill(nowhere));
  });

  it('leaves excluded units out account by account, and takes what joins their parent', () => {
    const { access } = targetsOf('exclude: [/Sandbox]\n').rest;
    expect(access).toEqual({ ...everywhere, except: [accountIds.playground, accountIds.legacy] });
  });

  it('has the role that can write only in units in which every unit takes it, and in single accounts', () => {
    const { remediation, access } = targetsOf(
      'autoResponse: { organizationalUnits: { /Workloads: on, /Workloads/Prod/Cell: off, /Sandbox: approval }, accounts: { legacy: off } }\n',
    ).rest;
    expect(remediation).toEqual({
      units: [units.Sandbox],
      except: [accountIds.legacy],
      accounts: [{ id: accountIds['payments-prod'], unitId: units.Prod }],
    });
    expect(access).toEqual(everywhere);
  });

  it('reaches single accounts, as targets or by their flags, without auto-deployment', () => {
    const { access, remediation } = targetsOf(
      `targets: [${accountIds.playground}, /Workloads/Prod]\nautoResponse: { accounts: { playground: { controls: { s3-public-access: approval } } } }\n`,
    ).rest;
    const single = { id: accountIds.playground, unitId: units.Sandbox };
    expect(access).toEqual({ units: [units.Prod], except: [], accounts: [single] });
    expect(remediation).toEqual({ ...nowhere, accounts: [single] });
  });

  it('has recorders only where they are own, and rules where there are recorders', () => {
    const { recorder, rules, trail } = targetsOf(
      'recorder: { default: none, organizationalUnits: { /Sandbox: existing, /Workloads/Prod: own } }\n',
    ).rest;
    expect(recorder).toEqual({ units: [units.Prod], except: [], accounts: [] });
    expect(rules).toEqual({ units: [units.Prod, units.Sandbox], except: [], accounts: [] });
    expect(trail).toEqual(everywhere);
  });

  it('has the pilot by itself, and leaves it out of the rest', () => {
    const { pilot, rest } = targetsOf(
      `rollout: { pilot: [/Workloads/Prod, "${accountIds.playground}"] }\nautoResponse: { default: on }\n`,
    );
    expect(pilot.access).toEqual({
      units: [units.Prod],
      except: [],
      accounts: [{ id: accountIds.playground, unitId: units.Sandbox }],
    });
    expect(rest.access).toEqual({
      units: ['r-abcd'],
      except: [accountIds['payments-prod'], accountIds['payments-cell'], accountIds.playground],
      accounts: [],
    });
    expect(pilot.remediation).toEqual(pilot.access);
    expect(rest.remediation).toEqual({
      units: [units.Sandbox],
      except: [accountIds.playground],
      accounts: [{ id: accountIds.security, unitId: 'r-abcd' }],
    });
  });

  it('keeps the role that can write where a fix can still be undone', () => {
    const keep = [accountIds.legacy, accountIds['payments-prod']];
    const { remediation } = findSetTargets(policyWith('exclude: [/Workloads]\n'), structure, keep).rest;
    expect(remediation).toEqual({ ...nowhere, accounts: [{ id: accountIds.legacy, unitId: units.Sandbox }] });
    expect(() => findSetTargets(policyWith(''), undefined, keep)).toThrow('keepRemediation: an account');
  });

  it('stops where it cannot be told what a flag means', () => {
    const twice = { ...structure, accounts: structure.accounts.map((each) => ({ ...each, name: 'same' })) };
    expect(() => targetsOf('autoResponse: { accounts: { same: on } }\n', twice)).toThrow(
      'Where a fix may be made cannot be told: 7 accounts are named same',
    );
    expect(() => targetsOf('exclude: [/Nowhere]\n')).toThrow('exclude: /Nowhere: no organizational unit');
    for (const key of ['"999999999999"', 'ou-abcd-99999999']) {
      expect(() => targetsOf(`exclude: [${key}]\n`)).toThrow(
        'the structure file does not know it. Take it out',
      );
    }
  });

  it.each([
    'recorder: { accounts: { "999999999999": existing } }',
    'recorder: { organizationalUnits: { ou-abcd-99999999: existing } }',
    'autoResponse: { default: on, accounts: { "999999999999": off } }',
    'autoResponse: { default: on, organizationalUnits: { ou-abcd-99999999: off } }',
    'autoResponse: { default: on, accounts: { newcomer: off } }',
  ])('deploys no more than is asked for to what is younger than the structure: %s', (section) => {
    expect(() => targetsOf(`${section}\n`)).toThrow('the structure file does not know it. Take it out');
  });

  it('stops at a path that turns fixing off and means no unit', () => {
    expect(() =>
      targetsOf('autoResponse: { default: on, organizationalUnits: { /Nowhere: off } }\n'),
    ).toThrow('autoResponse.organizationalUnits: /Nowhere: no organizational unit has this path.');
  });

  it('requires of a flag that it is known only where it keeps the role that can write away', () => {
    expect(() => targetsOf('autoResponse: { default: off, accounts: { newcomer: off } }\n')).not.toThrow();
    expect(() => targetsOf('autoResponse: { accounts: { newcomer: on } }\n')).not.toThrow();
  });
});

describe('where stack sets go, without the structure', () => {
  const byIds = (sections: string) => targetsOf(sections, null).rest;

  it('is told by ids where they say enough', () => {
    expect(byIds(`exclude: ["${accountIds.legacy}"]\nrecorder: existing\n`)).toEqual({
      access: { ...everywhere, except: [accountIds.legacy] },
      remediation: nowhere,
      trail: { ...everywhere, except: [accountIds.legacy] },
      recorder: nowhere,
      rules: { ...everywhere, except: [accountIds.legacy] },
    });
  });

  it.each([
    ['autoResponse: { default: on }', everywhere],
    [
      'autoResponse: { organizationalUnits: { /: { controls: { s3-public-access: approval } } } }',
      everywhere,
    ],
    ['autoResponse: { organizationalUnits: { /A: off }, accounts: { a: off } }', nowhere],
    [
      'autoResponse: { default: on, accounts: { "333333333333": off, other: on } }',
      { ...everywhere, except: ['333333333333'] },
    ],
  ])('has the role that can write where it is told: %s', (sections, expected) => {
    expect(byIds(`${sections}\n`).remediation).toEqual(expected);
  });

  it('has it in those targets that are on', () => {
    const { remediation } = byIds(
      'targets: [ou-abcd-workload, ou-abcd-sandbox0]\nautoResponse: { organizationalUnits: { ou-abcd-sandbox0: on } }\n',
    );
    expect(remediation).toEqual({ ...nowhere, units: ['ou-abcd-sandbox0'] });
  });

  it.each([
    ['targets: [/Workloads]', 'targets: /Workloads: a path means an id'],
    ['targets: [333333333333]', 'targets: 333333333333: an account is reached through'],
    ['exclude: [ou-abcd-sandbox0]', 'exclude: ou-abcd-sandbox0: a unit'],
    ['rollout: { pilot: [ou-abcd-sandbox0] }', 'rollout.pilot: ou-abcd-sandbox0: the rest'],
    ['recorder: { accounts: { "333333333333": none } }', 'recorder: it differs'],
    ['autoResponse: { accounts: { "333333333333": on } }', 'autoResponse.accounts.333333333333: an account'],
    ['autoResponse: { default: on, accounts: { legacy: off } }', 'autoResponse.accounts.legacy: it counts'],
    [
      'autoResponse: { organizationalUnits: { /Sandbox: on } }',
      'autoResponse.organizationalUnits./Sandbox: it is no target',
    ],
    [
      'autoResponse: { default: on, organizationalUnits: { ou-abcd-sandbox0: off } }',
      'autoResponse.organizationalUnits.ou-abcd-sandbox0: it counts',
    ],
  ])('names the key that ids do not tell, and the command: %s', (sections, message) => {
    expect(() => byIds(`${sections}\n`)).toThrow(message);
    expect(() => byIds(`${sections}\n`)).toThrow('npm run -s staunch -- structure');
  });
});

describe('the groups of a stack set', () => {
  it('hold at most fifty units each', () => {
    const ids = Array.from({ length: 120 }, (_, index) => `ou-abcd-${String(index).padStart(8, '0')}`);
    const groups = unitGroups({ units: ids, except: ['333333333333'], accounts: [] }, ['eu-west-1']);
    const deployed = groups.map(({ deploymentTargets }) => deploymentTargets);
    expect(deployed).toMatchObject([50, 50, 20].map((length) => ({ organizationalUnitIds: { length } })));
    expect(deployed).toMatchObject(
      Array(3).fill({ accountFilterType: 'DIFFERENCE', accounts: ['333333333333'] }),
    );
  });

  it('reach single accounts through their own units', () => {
    const accounts = [
      { id: '444444444444', unitId: 'ou-b' },
      { id: '333333333333', unitId: 'ou-a' },
    ];
    expect(accountGroups({ units: [], except: [], accounts }, ['eu-west-1'])).toEqual([
      {
        regions: ['eu-west-1'],
        deploymentTargets: {
          organizationalUnitIds: ['ou-a', 'ou-b'],
          accountFilterType: 'INTERSECTION',
          accounts: ['333333333333', '444444444444'],
        },
      },
    ]);
  });
});
