import { coverageOf } from '../../config/coverage-plan';
import { parseOrganization } from '../../config/organization';
import { coveragePlan } from '../../config/planned-coverage';
import { StructurePlaces } from '../../config/structure-places';
import { policyWith, readAt } from './support/policy';
import { accountIds, structure } from './support/structure';

function organization(sections: string) {
  const head = `organization: { id: o-exampleorg1, managementAccount: "111111111111" }
hub: { account: "222222222222", region: eu-west-1 }
slack: { channel: C0123456789 }
`;
  return parseOrganization(head + sections, 'policy.yaml', readAt);
}

type Name = keyof typeof accountIds;

/** What is planned for each account, by name, as one of its facts. */
function planned<Key extends 'state' | 'recorder' | 'remediation' | 'pilot'>(sections: string, key: Key) {
  const all = coverageOf(organization(sections), structure);
  return Object.fromEntries(all.map((each) => [each.name as Name, each[key]]));
}

describe('coverageOf', () => {
  it('covers what lies under targets, by path and id, and single accounts, and leaves out what is excluded', () => {
    const states = planned(
      `targets: [/Workloads, "${accountIds.playground}"]\nexclude: [/Workloads/Prod/Cell]\n`,
      'state',
    );
    expect(states).toEqual({
      management: 'management',
      security: 'outside',
      'payments-prod': 'covered',
      'payments-cell': 'excluded',
      playground: 'covered',
      legacy: 'outside',
      closed: 'suspended',
    });
    const [byId, byPath] = ['ou-abcd-workload', '/Workloads'].map((unit) =>
      planned(`targets: [${unit}]\n`, 'state'),
    );
    expect(byId).toEqual(byPath);
  });

  it('has the most specific line decide of recorders', () => {
    const recorders = planned(
      `targets: [/]
recorder:
  default: existing
  organizationalUnits: { /Workloads: none, ou-abcd-workcell: own }
  accounts: { "${accountIds.legacy}": none }
`,
      'recorder',
    );
    expect(recorders).toMatchObject({
      security: 'existing',
      'payments-prod': 'none',
      'payments-cell': 'own',
      playground: 'existing',
      legacy: 'none',
    });
    expect(planned('targets: [/]\nrecorder: none\n', 'recorder').playground).toBe('none');
    expect(planned('targets: [/]\n', 'recorder').playground).toBe('own');
  });

  it('has the remediation role where the flag of some control is not off, whatever level says so', () => {
    const where = (autoResponse: string) =>
      Object.entries(planned(`targets: [/]\nautoResponse: ${autoResponse}\n`, 'remediation'))
        .filter(([, belongs]) => belongs)
        .map(([name]) => name);
    expect(where('{ default: off }')).toEqual([]);
    expect(where('{ organizationalUnits: { /Workloads: approval, /Workloads/Prod/Cell: off } }')).toEqual([
      'payments-prod',
    ]);
    expect(where('{ accounts: { legacy: { controls: { s3-public-access: on } } } }')).toEqual(['legacy']);
    expect(
      where(
        '{ organizationalUnits: { ou-abcd-sandbox0: { controls: { s3-public-access: approval } } }, accounts: { legacy: off, closed: off } }',
      ),
    ).toEqual(['playground', 'legacy', 'closed'].filter((name) => name === 'playground'));
  });

  it('leaves the role away, and says why, where it cannot be told what the policy means', () => {
    const twice = { ...structure, accounts: structure.accounts.map((each) => ({ ...each, name: 'same' })) };
    const [first] = coverageOf(
      organization('targets: [/]\nautoResponse: { accounts: { same: on } }\n'),
      twice,
    );
    expect(first).toMatchObject({
      remediation: false,
      unresolved: expect.stringContaining('7 accounts are named same'),
    });
  });

  it('knows the pilot', () => {
    const pilots = planned(
      `targets: [/]\nrollout: { pilot: [/Sandbox, "${accountIds.security}"] }\n`,
      'pilot',
    );
    expect(Object.keys(pilots).filter((name) => pilots[name])).toEqual([
      'security',
      'playground',
      'legacy',
      'closed',
    ]);
  });

  it.each([
    ['targets: [/Nowhere]', 'targets: /Nowhere: no organizational unit has this path.'],
    ['targets: [/]\nexclude: [/Nowhere]', 'exclude: /Nowhere: no'],
    ['targets: [/]\nrollout: { pilot: [/Nowhere] }', 'rollout.pilot: /Nowhere: no'],
    [
      'targets: [/]\nrecorder: { organizationalUnits: { /Nowhere: none } }',
      'recorder.organizationalUnits./Nowhere: no',
    ],
    [
      'targets: [/]\nrecorder: { organizationalUnits: { /Sandbox: none, ou-abcd-sandbox0: own } }',
      'another key names this unit',
    ],
  ])('names the key whose path cannot be told: %s', (sections, message) => {
    expect(() => coverageOf(organization(`${sections}\n`), structure)).toThrow(message);
  });

  it('tells what an account gets that joins a unit', () => {
    const policy = policyWith(
      'autoResponse: { organizationalUnits: { /Sandbox: on }, accounts: { playground: off } }\n',
    );
    const plan = coveragePlan(policy, new StructurePlaces(structure));
    expect(plan.newcomer('ou-abcd-sandprod')).toEqual({
      state: 'covered',
      recorder: 'own',
      remediation: true,
      pilot: false,
    });
    expect(plan.newcomer('ou-abcd-workload').remediation).toBe(false);
  });
});
