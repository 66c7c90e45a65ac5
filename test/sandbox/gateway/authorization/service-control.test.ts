import { ServiceControlPolicies } from '../../../../sandbox/services/organizations/service-control-policies';
import { administrator, ask, policy } from './questions';

const everything = policy({ Effect: 'Allow', Action: '*', Resource: '*' });
const denial = policy({ Effect: 'Deny', Action: 'sqs:*', Resource: '*' });

describe('service control policies', () => {
  it('deny what an identity policy allows, in the words of AWS', () => {
    expect(ask({ identity: [everything], control: [[everything], [everything, denial]] })).toEqual({
      allowed: false,
      reason: expect.stringMatching(/with an explicit deny in a service control policy$/),
    });
  });

  it('deny an administrator too', () => {
    const asked = ask({
      principal: administrator,
      identity: 'administrator',
      control: [[denial, everything]],
    });
    expect(asked.allowed).toBe(false);
  });

  it('have to allow at every level, and give nothing by themselves', () => {
    expect(ask({ identity: [everything], control: [[everything], []] }).reason).toContain(
      'because no service control policy allows the sqs:SendMessage action',
    );
    expect(ask({ identity: [], control: [[everything], [everything]] }).reason).toContain(
      'no identity-based policy',
    );
    expect(ask({ identity: [everything], control: [[everything], [everything]] }).allowed).toBe(true);
  });

  it('spare whom a condition spares', () => {
    const others = policy({
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/staunch/*' } },
    });
    const context = { 'aws:principalarn': 'arn:aws:iam::111111111111:role/staunch/rule' };
    expect(ask({ identity: [everything], control: [[everything, others]], context }).allowed).toBe(true);
    const another = { 'aws:principalarn': 'arn:aws:iam::111111111111:role/other' };
    expect(ask({ identity: [everything], control: [[everything, others]], context: another }).allowed).toBe(
      false,
    );
  });
});

describe('the policies above an account', () => {
  it('are nothing to decide where all of them are AWS own, or the type is not enabled', () => {
    const policies = new ServiceControlPolicies();
    policies.put('p-1', denial);
    policies.attach('p-1', 'r-1');
    expect(policies.levelsOf('111111111111')).toBeUndefined();
    policies.detach('p-1', 'r-1');
    policies.enable(true, 'r-1');
    expect(policies.levelsOf('111111111111')).toBeUndefined();
  });

  it('are those of the root, of each unit and of the account, and follow a change', () => {
    const policies = new ServiceControlPolicies();
    policies.enable(true, 'r-1');
    policies.place('ou-1', 'r-1');
    policies.place('ou-2', 'ou-1');
    policies.place('111111111111', 'ou-2');
    policies.put('p-1', denial);
    policies.attach('p-1', 'ou-1');
    expect(policies.levelsOf('111111111111')?.map((level) => level.length)).toEqual([1, 2, 1, 1]);
    expect(policies.levelsOf('222222222222')).toBeUndefined();
    policies.place('111111111111', 'r-1');
    expect(policies.levelsOf('111111111111')).toBeUndefined();
  });
});
