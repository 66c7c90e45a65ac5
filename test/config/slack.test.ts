import { compilePolicy } from '../../config/compile';
import { type CompiledPolicy, parseCompiledPolicy } from '../../config/compiled';
import { namedKeys } from '../../config/named-keys';
import { parseOrganization } from '../../config/organization';
import { usesPaths } from '../../config/place';
import { readAt } from './support/policy';

const policyOf = (slack: string, more = '') =>
  compilePolicy(
    parseOrganization(
      `organization: { id: o-exampleorg1, managementAccount: "111111111111" }
hub: { account: "222222222222", region: eu-west-1 }
targets: [r-abcd]
slack:
  channel: C0123456789
${slack}${more}`,
      'policy.yaml',
      readAt,
    ),
  );

describe('slack in the policy', () => {
  it('has defaults for what it leaves out, and no buttons', () => {
    const policy = policyOf('');
    expect(policy.slack).toEqual({
      channel: 'C0123456789',
      routes: [],
      ownerTags: ['owner', 'Owner'],
      summary: '08:00',
      storm: 20,
    });
    expect(policy.securityHub).toBe(false);
  });

  it('is compiled with the line of each route', () => {
    const policy = policyOf(
      `  team: T0123456789
  app: A0123456789
  routes:
    - channel: C0AAAAAAAAA
      where: { organizationalUnits: [/Workloads/Prod], accounts: ["333333333333"] }
    - channel: C0BBBBBBBBB
      tags: { team: payments, "a key": "" }
  ownerTags: [team]
  summary: false
  storm: 5
`,
      'securityHub: true\n',
    );
    expect(policy.slack).toEqual({
      channel: 'C0123456789',
      team: 'T0123456789',
      app: 'A0123456789',
      routes: [
        {
          channel: 'C0AAAAAAAAA',
          where: { organizationalUnits: ['/Workloads/Prod'], accounts: ['333333333333'] },
          source: 'policy.yaml:9',
        },
        { channel: 'C0BBBBBBBBB', tags: { team: 'payments', 'a key': '' }, source: 'policy.yaml:11' },
      ],
      ownerTags: ['team'],
      summary: false,
      storm: 5,
    });
    expect(policy.securityHub).toBe(true);
    expect(parseCompiledPolicy(JSON.stringify(policy))).toEqual(policy);
  });

  it('names accounts and units by its routes, so that their names are bound', () => {
    const policy = policyOf(
      '  routes:\n    - { channel: C0AAAAAAAAA, where: { organizationalUnits: [/Prod], accounts: [pay] } }\n',
    );
    expect(namedKeys(policy)).toEqual({
      accounts: [{ key: 'pay', source: 'policy.yaml:7' }],
      units: [{ key: '/Prod', source: 'policy.yaml:7' }],
    });
    expect(usesPaths(policy)).toBe(true);
  });

  it('is read as a version before deployed it: with the channel alone', () => {
    const { securityHub: _securityHub, ...policy }: CompiledPolicy = policyOf('');
    const before = { ...policy, slack: { channel: 'C0123456789' } };
    expect(parseCompiledPolicy(JSON.stringify(before))).toEqual(policyOf(''));
  });
});
