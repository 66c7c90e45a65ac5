import { functionPolicy } from '../../../../sandbox/services/lambda/permissions';

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:f';

function statements(policy: string): unknown[] {
  return JSON.parse(policy).Statement;
}

describe("a function's resource policy", () => {
  it('limits a service to the source ARN and account of the permission', () => {
    const policy = functionPolicy(arn, [
      {
        functionArn: arn,
        action: 'lambda:InvokeFunction',
        principal: 'events.amazonaws.com',
        sourceArn: 'arn:aws:events:eu-west-1:123456789012:rule/sweep',
        sourceAccount: '123456789012',
      },
    ]);
    expect(statements(policy)).toEqual([
      {
        Sid: 'permission-1',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: arn,
        Condition: {
          StringEquals: { 'AWS:SourceAccount': '123456789012' },
          ArnLike: { 'AWS:SourceArn': 'arn:aws:events:eu-west-1:123456789012:rule/sweep' },
        },
      },
    ]);
  });

  it('has no condition where the permission has none, and takes an account id for the account', () => {
    const policy = functionPolicy(arn, [
      { functionArn: arn, action: 'lambda:InvokeFunction', principal: '210987654321' },
    ]);
    expect(statements(policy)).toEqual([
      expect.objectContaining({ Principal: { AWS: 'arn:aws:iam::210987654321:root' } }),
    ]);
    expect(policy).not.toContain('Condition');
  });
});
