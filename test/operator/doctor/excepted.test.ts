import { withException } from '../../../operator/doctor/before/control-policies/excepted';

const denying = (condition: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Deny', Action: '*', Resource: '*', Condition: condition },
  });

describe('the exception for StackSets in a service control policy', () => {
  it('joins the exceptions that are there, however their key is spelt', () => {
    const theirs = denying({ ArnNotLike: { 'aws:PrincipalARN': 'arn:aws:iam::*:role/admin' } });
    expect(JSON.parse(withException(theirs, () => true) ?? '')).toMatchObject({
      Statement: [
        {
          Condition: {
            ArnNotLike: {
              'aws:PrincipalARN': ['arn:aws:iam::*:role/admin', 'arn:*:iam::*:role/stacksets-exec-*'],
            },
          },
        },
      ],
    });
    expect(withException(theirs, () => true)).not.toContain('aws:PrincipalArn');
  });

  it('leaves alone what does not stand in the way', () => {
    const first = denying({});
    expect(withException(first, () => false)).toBe(
      JSON.stringify({ ...JSON.parse(first), Statement: [JSON.parse(first).Statement] }),
    );
  });

  it('leaves other conditions, and what allows, as they are', () => {
    const allow = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
    expect(withException(allow, () => true)).toBe(allow);
    const theirs = denying({ StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } });
    expect(JSON.parse(withException(theirs, () => true) ?? '')).toMatchObject({
      Statement: [{ Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }],
    });
  });
});
