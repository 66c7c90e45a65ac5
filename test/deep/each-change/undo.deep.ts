import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import type { AccountClients } from '../../../sandbox/account-clients';
import type { Sandbox } from '../../../sandbox/sandbox';
import {
  becomeOperator,
  calm,
  leaveSandbox,
  patience,
  recordsOf,
  sharedSandbox,
  until,
} from '../../end-to-end/support';
import { staunch } from '../../support/command';

const region = 'eu-west-1';
let sandbox: Sandbox;
let clients: AccountClients;
let leaveHub: (() => void) | undefined;

beforeAll(async () => {
  sandbox = await sharedSandbox();
  clients = sandbox.clients('playground', region);
  leaveHub = await becomeOperator(sandbox);
}, patience);

afterAll(async () => {
  leaveHub?.();
  await leaveSandbox();
});

const undo = (resource: string) =>
  staunch('undo', resource, '--reason', 'The partner needs it', '--until', '30d');

async function stateOf(resourceId: string): Promise<string | undefined> {
  const records = (await recordsOf(sandbox)).filter(({ identity }) => identity.resourceId === resourceId);
  return records.toSorted((one, other) => one.occurrence - other.occurrence).at(-1)?.state;
}

const fixed = (resourceId: string) =>
  until(sandbox, `${resourceId} was fixed`, async () => (await stateOf(resourceId)) === 'fixed');

/** Ingress rules of a group without the ids, which AWS chooses anew. */
async function rulesOf(groupId: string): Promise<unknown[]> {
  const { SecurityGroupRules = [] } = await clients.ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [groupId] }] }),
  );
  return SecurityGroupRules.filter(({ IsEgress }) => !IsEgress)
    .map(({ IpProtocol, FromPort, ToPort, CidrIpv4, Description, Tags }) => ({
      IpProtocol,
      FromPort,
      ToPort,
      CidrIpv4,
      Description,
      Tags: Tags ?? [],
    }))
    .toSorted((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
}

let groups = 0;

/** A group that lets the world in on 3300-3310, with a description and a tag on that rule, beside a harmless one. */
async function dangerousGroup(): Promise<string> {
  groups += 1;
  const { GroupId = '' } = await clients.ec2.send(
    new CreateSecurityGroupCommand({ GroupName: `undo-${groups}`, Description: 'to be undone' }),
  );
  const allow = (permission: object, tags: { Key: string; Value: string }[]) =>
    clients.ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [permission],
        TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: tags }],
      }),
    );
  const office = [{ CidrIp: '10.0.0.0/8', Description: 'office' }];
  await allow({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: office }, [
    { Key: 'team', Value: 'ops' },
  ]);
  const world = [{ CidrIp: '0.0.0.0/0', Description: 'the partners' }];
  await allow({ IpProtocol: 'tcp', FromPort: 3300, ToPort: 3310, IpRanges: world }, [
    { Key: 'ticket', Value: 'NET-17' },
  ]);
  return GroupId;
}

const everybody = 'http://acs.amazonaws.com/groups/global/AllUsers';
let buckets = 0;

/** A bucket that its ACL and its policy make public, each beside something harmless. */
async function dangerousBucket(): Promise<{ name: string; policy: string }> {
  buckets += 1;
  const name = `undo-${buckets}-${clients.accountId}`;
  const Bucket = name;
  const LocationConstraint = region;
  await clients.s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }),
  );
  // A bucket is created with all block settings on, and without ACLs.
  await clients.s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  await clients.s3.send(
    new PutBucketOwnershipControlsCommand({
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
    }),
  );
  const { Owner, Grants = [] } = await clients.s3.send(new GetBucketAclCommand({ Bucket }));
  await clients.s3.send(
    new PutBucketAclCommand({
      Bucket,
      AccessControlPolicy: {
        Owner,
        Grants: [...Grants, { Grantee: { Type: 'Group', URI: everybody }, Permission: 'READ' }],
      },
    }),
  );
  const statement = (Sid: string, Principal: unknown) => ({
    Sid,
    Effect: 'Allow',
    Principal,
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${name}/*`,
  });
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      statement('world', '*'),
      statement('partner', { AWS: `arn:aws:iam::${clients.accountId}:root` }),
    ],
  });
  await clients.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policy }));
  return { name, policy };
}

async function accessOf(Bucket: string): Promise<{ grants: unknown; policy: unknown; block: unknown }> {
  const { Grants } = await clients.s3.send(new GetBucketAclCommand({ Bucket }));
  const { Policy } = await clients.s3.send(new GetBucketPolicyCommand({ Bucket }));
  const block = await clients.s3.send(new GetPublicAccessBlockCommand({ Bucket })).then(
    ({ PublicAccessBlockConfiguration }) => PublicAccessBlockConfiguration,
    ({ name }: Error) => name,
  );
  return { grants: Grants, policy: JSON.parse(Policy ?? 'null'), block };
}

describe('staunch undo', () => {
  it(
    'gives a security group back its rules, with descriptions and tags, and it stays so',
    async () => {
      const groupId = await dangerousGroup();
      const before = await rulesOf(groupId);
      await fixed(groupId);
      expect(await rulesOf(groupId)).toEqual([
        { ...(before[0] as object), FromPort: 22, ToPort: 22 },
        { ...(before[1] as object), FromPort: 3300, ToPort: 3305 },
        { ...(before[1] as object), FromPort: 3307, ToPort: 3310 },
      ]);

      const undone = await undo(groupId);
      expect(undone.printed).toContain('Undone.');
      expect(undone.status).toBe(0);
      expect(await rulesOf(groupId)).toEqual(before);

      // AWS Config sees the dangerous rule again, and its rule function sends the finding again.
      await calm(sandbox);
      expect(await rulesOf(groupId)).toEqual(before);
      expect(await stateOf(groupId)).toBe('undone');
      expect((await staunch('show', groupId)).printed).toContain('The partner needs it');
      expect(await undo(groupId)).toMatchObject({
        status: 0,
        printed: expect.stringContaining('It was undone already'),
      });
    },
    patience,
  );

  it(
    'gives a bucket back its ACL, its policy and its block settings',
    async () => {
      const { name } = await dangerousBucket();
      const before = await accessOf(name);
      await fixed(name);
      expect(await accessOf(name)).not.toEqual(before);
      const undone = await undo(name);
      expect(undone.printed).toContain('Undone.');
      expect(await accessOf(name)).toEqual(before);
      await calm(sandbox);
      expect([await accessOf(name), await stateOf(name)]).toEqual([before, 'undone']);
    },
    patience,
  );

  it(
    'refuses, and says what differs, when what the fix touched was changed since',
    async () => {
      const groupId = await dangerousGroup();
      const { name } = await dangerousBucket();
      await Promise.all([fixed(groupId), fixed(name)]);
      await calm(sandbox);
      const IpPermissions = [
        { IpProtocol: 'tcp', FromPort: 3307, ToPort: 3310, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      ];
      await clients.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions }));
      const Policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'world',
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:DeleteBucket',
            Resource: `arn:aws:s3:::${name}`,
          },
        ],
      });
      await clients.s3.send(new PutBucketPolicyCommand({ Bucket: name, Policy }));
      const [rules, access] = [await rulesOf(groupId), await accessOf(name)];

      const refusedGroup = await undo(groupId);
      expect(refusedGroup).toMatchObject({
        status: 1,
        printed: expect.stringContaining('Nothing was undone.'),
      });
      expect(refusedGroup.printed).toContain('3307');
      const refusedBucket = await undo(name);
      expect(refusedBucket).toMatchObject({
        status: 1,
        printed: expect.stringContaining('Nothing was undone.'),
      });
      expect(refusedBucket.printed).toMatch(/policy/i);
      expect([await rulesOf(groupId), await accessOf(name)]).toEqual([rules, access]);
      expect([await stateOf(groupId), await stateOf(name)]).toEqual(['fixed', 'fixed']);
    },
    patience,
  );
});
