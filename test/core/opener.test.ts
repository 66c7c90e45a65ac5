import { type Opener, openerOf, openerSchema } from '../../core/opener';
import { trailCallSchema } from '../../core/trail-call';

const sentAt = new Date('2026-03-01T12:00:09.000Z');
const eventTime = '2026-03-01T12:00:00Z';
const role = 'arn:aws:iam::111122223333:role/deploy';
const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0';
const terraform =
  'APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-aws/5.70.0 aws-sdk-go-v2/1.31.0';
const commandLine = 'aws-cli/2.27.0 md/awscrt#0.26.1 ua/2.1 os/linux#6.1 md/command#s3api.put-bucket-acl';

function openerOfCall(detail: object): Opener {
  const call = trailCallSchema.parse({
    eventSource: 's3.amazonaws.com',
    eventName: 'PutBucketAcl',
    eventTime,
    ...detail,
  });
  return openerOf(call, sentAt);
}

/** The identity of a session of a role. */
function assumed(roleArn: string, session: string, more: object = {}): object {
  const name = roleArn.split('/').at(-1);
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::111122223333:assumed-role/${name}/${session}`,
    sessionContext: { sessionIssuer: { type: 'Role', arn: roleArn } },
    ...more,
  };
}

const root = { type: 'Root', arn: 'arn:aws:iam::111122223333:root' };
const maria = { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/maria', userName: 'maria' };
const cdkRole = 'arn:aws:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1';
const ssoRole =
  'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef';
const byCloudFormation = {
  userAgent: 'cloudformation.amazonaws.com',
  sourceIPAddress: 'cloudformation.amazonaws.com',
};

describe('openerOf', () => {
  it.each<[string, object, Partial<Opener>]>([
    [
      'root in the console',
      { userIdentity: root, userAgent: browser, sessionCredentialFromConsole: 'true' },
      { principal: root.arn, kind: 'root', tool: 'console' },
    ],
    [
      'an IAM user in the console of S3',
      { userIdentity: maria, userAgent: '[S3Console/0.4, aws-internal/3 aws-sdk-java/1.11]' },
      { principal: maria.arn, kind: 'user', tool: 'console' },
    ],
    [
      'a role behind the console of EC2',
      { userIdentity: assumed(role, 'maria'), userAgent: 'console.amazonaws.com' },
      { principal: role, kind: 'role', session: 'maria', tool: 'console' },
    ],
    [
      'an IAM user with the command line',
      { userIdentity: maria, userAgent: commandLine, sourceIPAddress: '192.0.2.17' },
      { principal: maria.arn, kind: 'user', tool: 'command line', sourceAddress: '192.0.2.17' },
    ],
    [
      'Terraform',
      { userIdentity: assumed(role, 'ci-4711'), userAgent: terraform },
      { principal: role, kind: 'role', session: 'ci-4711', tool: 'Terraform' },
    ],
    [
      "CloudFormation with its caller's rights",
      { userIdentity: { ...maria, invokedBy: 'cloudformation.amazonaws.com' }, ...byCloudFormation },
      { principal: maria.arn, kind: 'user', tool: 'CloudFormation' },
    ],
    [
      'CloudFormation with a role of its own',
      { userIdentity: assumed(role, 'AWSCloudFormation'), ...byCloudFormation },
      { principal: role, tool: 'CloudFormation', sourceAddress: 'cloudformation.amazonaws.com' },
    ],
    [
      "the CDK's execution role",
      {
        userIdentity: assumed(cdkRole, 'AWSCloudFormation', { invokedBy: 'cloudformation.amazonaws.com' }),
        ...byCloudFormation,
      },
      { principal: cdkRole, kind: 'role', tool: 'CDK' },
    ],
    [
      'a person by Identity Center',
      { userIdentity: assumed(ssoRole, 'maria@example.com'), userAgent: browser },
      { principal: ssoRole, kind: 'identity-center', session: 'maria@example.com', tool: 'console' },
    ],
    [
      'a program with an SDK',
      { userIdentity: assumed(role, 'i-0123456789abcdef0'), userAgent: 'Boto3/1.35 md/Botocore#1.35' },
      { kind: 'role', session: 'i-0123456789abcdef0', tool: 'SDK' },
    ],
    [
      'an AWS service',
      {
        userIdentity: { type: 'AWSService', invokedBy: 'elasticmapreduce.amazonaws.com' },
        userAgent: 'elasticmapreduce.amazonaws.com',
        sourceIPAddress: 'elasticmapreduce.amazonaws.com',
      },
      { principal: 'elasticmapreduce.amazonaws.com', kind: 'service', tool: 'AWS service' },
    ],
    [
      'a federated user',
      { userIdentity: { type: 'FederatedUser', arn: 'arn:aws:sts::111122223333:federated-user/bob' } },
      { principal: 'arn:aws:sts::111122223333:federated-user/bob', kind: 'federated', session: 'bob' },
    ],
    [
      'somebody whom another provider of identities named',
      { userIdentity: { type: 'WebIdentityUser', userName: 'anna' } },
      { principal: 'anna', kind: 'federated', session: 'anna' },
    ],
    ['an event without an identity', {}, { principal: 'unknown', kind: 'unknown', tool: 'unknown' }],
    [
      'an event whose fields are something else',
      { userIdentity: 7, userAgent: ['x'], sourceIPAddress: {}, eventTime: 'yesterday' },
      { principal: 'unknown', kind: 'unknown', tool: 'unknown', at: sentAt.toISOString() },
    ],
    [
      'an identity of which all but its name is something else',
      { userIdentity: { type: null, arn: 5, sessionContext: 'x', userName: 'bob', invokedBy: [] } },
      { principal: 'bob', kind: 'unknown' },
    ],
  ])('tells %s', (_who, detail, expected) => {
    const opener = openerOfCall(detail);
    expect(opener).toMatchObject({ at: '2026-03-01T12:00:00.000Z', ...expected });
    expect(openerSchema.parse(opener)).toEqual(opener);
  });

  it('keeps no text longer than any real one is', () => {
    const long = 'x'.repeat(100_000);
    const opener = openerOfCall({ userIdentity: assumed(long, long), sourceIPAddress: long });
    expect(JSON.stringify(opener).length).toBeLessThan(600);
  });

  it('takes no time that cannot be written as a date', () => {
    expect(openerOfCall({ eventTime: '+275760-09-13T00:00:00Z' }).at).toBe(sentAt.toISOString());
  });
});
