import { policyCost } from '../../../operator/cost/policy-cost';
import { deployPreview } from '../../../operator/deploy/preview';
import { expectedAccounts } from '../../../operator/doctor/expected-accounts';
import { plantedOrganization, policyOf } from '../doctor/organization/planted-organization';

const role = (...actions: string[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: { Policies: [{ PolicyDocument: { Statement: actions.map((Action) => ({ Action })) } }] },
});

describe('the preview of a deployment', () => {
  const policy = policyOf();
  const expected = expectedAccounts(policy, plantedOrganization().structure());
  const preview = deployPreview(
    {
      stacks: [{ stackName: 'staunch-hub', template: { Resources: { a: { Type: 'AWS::SQS::Queue' } } } }],
      memberTemplates: [
        { stackSetName: 'staunch-trail', template: { Resources: { a: { Type: 'AWS::Events::Rule' } } } },
        {
          stackSetName: 'staunch-remediation-accounts',
          template: { Resources: { a: role('s3:GetBucketAcl', 's3:PutBucketAcl') } },
        },
      ],
    },
    expected,
    policy,
  );

  it('says where each stack set goes, and to how many stacks it comes', () => {
    expect(preview.sets).toMatchObject([
      { name: 'staunch-trail', accounts: ['222222222222', '333333333333', '444444444444'], instances: 6 },
      { name: 'staunch-remediation-accounts', accounts: ['444444444444'], instances: 1 },
    ]);
  });

  it('names what a role may change, and not what it reads', () => {
    expect(preview.sets.map(({ mayChange }) => mayChange)).toEqual([[], ['s3:PutBucketAcl']]);
  });

  it('says who is not covered, and what the rest costs', () => {
    expect([...preview.notCovered.keys()]).toEqual(['111111111111', '666666666666']);
    expect(preview.cost).toEqual(policyCost(policy, expected));
    expect(preview.cost.accounts).toEqual({ own: 2, existing: 1, none: 0 });
  });
});
