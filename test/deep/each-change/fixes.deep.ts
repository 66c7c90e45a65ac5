import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  GetBucketAclCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  type Grant,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { remediationFunctionName, roleNames } from '../../../core/names';
import type { RemediationRequest, RemediationResult } from '../../../core/remediation';
import { type FixableResourceType, resourceTypes } from '../../../resources/resource-types';
import type { AccountClients } from '../../../sandbox/account-clients';
import type { ApiCall } from '../../../sandbox/gateway/api';
import type { Sandbox } from '../../../sandbox/sandbox';
import {
  byStaunch,
  calm,
  lastReportOf,
  leaveSandbox,
  makeDue,
  patience,
  recordsOf,
  sendFinding,
  sharedSandbox,
  until,
} from '../../end-to-end/support';

const account = 'playground';
const region = 'eu-west-1';

/** A way in which a resource is dangerous, what heals it, and how somebody may come between. */
interface Danger {
  control: string;
  resourceType: FixableResourceType;
  /** Makes the resource; returns its id. */
  plant(clients: AccountClients, name: string): Promise<string>;
  /** What it looks like, line by line. */
  read(clients: AccountClients, id: string): Promise<string[]>;
  /** The same after the fix. */
  healed: string[];
  /** The fix's last read before its first write. */
  lastRead: string;
  /** What somebody changes then. */
  edit(clients: AccountClients, id: string): Promise<unknown>;
  /** What the resource looks like after that change and the fix. */
  healedAfterEdit: string[];
  /** The fix's second write, as an action that a role may be denied. */
  secondWrite: string;
  /** What S3 or EC2 says then. */
  denial: string;
  /** What the resource looks like after the first write. */
  half: string[];
  /** What the failure says of it. */
  halfSaid: string;
}

const open = (from: number, to = from, Description?: string): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  IpRanges: [{ CidrIp: '0.0.0.0/0', ...(Description === undefined ? {} : { Description }) }],
});

async function readGroup({ ec2 }: AccountClients, groupId: string): Promise<string[]> {
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
  return (SecurityGroups?.[0]?.IpPermissions ?? [])
    .flatMap(({ FromPort, ToPort, IpRanges = [] }) =>
      IpRanges.map(({ CidrIp, Description = '' }) => `${FromPort}-${ToPort} ${CidrIp} ${Description}`.trim()),
    )
    .sort();
}

const splitRange: Danger = {
  control: 'security-group-open-ports',
  resourceType: 'AWS::EC2::SecurityGroup',
  async plant({ ec2 }, name) {
    const { GroupId = '' } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: name, Description: name }),
    );
    const IpPermissions = [open(22), open(443), open(3300, 3310, 'legacy apps')];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    return GroupId;
  },
  read: readGroup,
  healed: ['3300-3305 0.0.0.0/0 legacy apps', '3307-3310 0.0.0.0/0 legacy apps', '443-443 0.0.0.0/0'],
  lastRead: 'DescribeSecurityGroupRules',
  async edit({ ec2 }, GroupId) {
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [open(22)] }));
    const IpPermissions = [open(3300, 3305, 'mine'), open(8443)];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  },
  healedAfterEdit: [
    '3300-3305 0.0.0.0/0 mine',
    '3307-3310 0.0.0.0/0 legacy apps',
    '443-443 0.0.0.0/0',
    '8443-8443 0.0.0.0/0',
  ],
  secondWrite: 'ec2:RevokeSecurityGroupIngress',
  denial: 'UnauthorizedOperation',
  half: [
    '22-22 0.0.0.0/0',
    '3300-3305 0.0.0.0/0 legacy apps',
    '3300-3310 0.0.0.0/0 legacy apps',
    '3307-3310 0.0.0.0/0 legacy apps',
    '443-443 0.0.0.0/0',
  ],
  halfSaid: '2 of 4 changes were made.',
};

const everybody: Grant = {
  Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
  Permission: 'READ',
};
const logDelivery: Grant = {
  Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/s3/LogDelivery' },
  Permission: 'WRITE',
};
const statement = (Sid: string, bucket: string, Principal: unknown = '*') => ({
  Sid,
  Effect: 'Allow',
  Principal,
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${bucket}/*`,
});
const partner = { AWS: 'arn:aws:iam::444455556666:root' };

async function createBucket({ s3, accountId }: AccountClients, name: string): Promise<string> {
  const Bucket = `${name}-${accountId}`;
  await s3.send(
    new CreateBucketCommand({
      Bucket,
      ObjectOwnership: 'ObjectWriter',
      CreateBucketConfiguration: { LocationConstraint: region },
    }),
  );
  // Where there are none the gateway's listeners do not hear that they were read.
  const PublicAccessBlockConfiguration = { BlockPublicAcls: false };
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  return Bucket;
}

async function putGrants({ s3 }: AccountClients, Bucket: string, grants: Grant[]): Promise<void> {
  const { Owner } = await s3.send(new GetBucketAclCommand({ Bucket }));
  const own: Grant = { Grantee: { Type: 'CanonicalUser', ID: Owner?.ID }, Permission: 'FULL_CONTROL' };
  const AccessControlPolicy = { Owner, Grants: [own, ...grants] };
  await s3.send(new PutBucketAclCommand({ Bucket, AccessControlPolicy }));
}

function putStatements({ s3 }: AccountClients, Bucket: string, Statement: unknown[]) {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  return s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
}

async function readBucket({ s3 }: AccountClients, Bucket: string): Promise<string[]> {
  const absent = () => undefined;
  const { Grants = [], Owner } = await s3.send(new GetBucketAclCommand({ Bucket }));
  const policy = await s3.send(new GetBucketPolicyCommand({ Bucket })).catch(absent);
  const block = await s3.send(new GetPublicAccessBlockCommand({ Bucket })).catch(absent);
  const statements: { Sid: string; Principal: unknown }[] =
    JSON.parse(policy?.Policy ?? '{}').Statement ?? [];
  return [
    ...Grants.filter(({ Grantee }) => Grantee?.ID !== Owner?.ID).map(
      ({ Grantee, Permission }) => `${Grantee?.URI?.split('/').at(-1) ?? Grantee?.ID} ${Permission}`,
    ),
    ...statements.map(({ Sid, Principal }) => `${Sid} ${JSON.stringify(Principal)}`),
    ...Object.entries(block?.PublicAccessBlockConfiguration ?? {}).flatMap(([name, isOn]) =>
      isOn ? [name] : [],
    ),
  ].sort();
}

const publicPolicy: Danger = {
  control: 's3-public-access',
  resourceType: 'AWS::S3::Bucket',
  async plant(clients, name) {
    const bucket = await createBucket(clients, name);
    const mixed = statement('Mixed', bucket, { AWS: ['*', partner.AWS] });
    await putStatements(clients, bucket, [statement('Everybody', bucket), mixed]);
    return bucket;
  },
  read: readBucket,
  healed: ['BlockPublicPolicy', `Mixed ${JSON.stringify({ AWS: [partner.AWS] })}`],
  lastRead: 'GetPublicAccessBlock',
  edit: (clients, bucket) =>
    putStatements(clients, bucket, [
      statement('Partner', bucket, partner),
      statement('Everybody', bucket),
      statement('EverybodyElse', bucket),
    ]),
  healedAfterEdit: ['BlockPublicPolicy', `Partner ${JSON.stringify(partner)}`],
  secondWrite: 's3:PutBucketPolicy',
  denial: 'AccessDenied',
  half: ['BlockPublicPolicy', 'Everybody "*"', `Mixed ${JSON.stringify({ AWS: ['*', partner.AWS] })}`],
  halfSaid: '1 of 3 changes were made.',
};

const publicAcl: Danger = {
  control: 's3-public-access',
  resourceType: 'AWS::S3::Bucket',
  async plant(clients, name) {
    const bucket = await createBucket(clients, name);
    await putGrants(clients, bucket, [everybody, logDelivery]);
    return bucket;
  },
  read: readBucket,
  healed: ['BlockPublicAcls', 'IgnorePublicAcls', 'LogDelivery WRITE'],
  lastRead: 'GetPublicAccessBlock',
  edit: (clients, bucket) =>
    putGrants(clients, bucket, [
      everybody,
      { ...everybody, Permission: 'WRITE' },
      { ...logDelivery, Permission: 'READ_ACP' },
    ]),
  healedAfterEdit: ['BlockPublicAcls', 'IgnorePublicAcls', 'LogDelivery READ_ACP'],
  secondWrite: 's3:PutBucketAcl',
  denial: 'AccessDenied',
  // The settings hide the grant to everybody.
  half: ['BlockPublicAcls', 'IgnorePublicAcls', 'LogDelivery WRITE'],
  halfSaid: '1 of 2 changes were made.',
};

const dangers = [
  ['a range of ports that is split', splitRange],
  ['a public policy', publicPolicy],
  ['a public ACL', publicAcl],
] as const;

let sandbox: Sandbox;
let clients: AccountClients;
let stopListening: (() => void) | undefined;
/** Every call of a session of the role that fixes, but for those that read. */
const writes: ApiCall[] = [];
/** Every request to fix something, as it crossed the gateway. */
const fixes: RemediationRequest[] = [];
/** Called after the calls that a fix reads with. */
let afterRead: (call: ApiCall) => Promise<unknown> = async () => {};

beforeAll(async () => {
  sandbox = await sharedSandbox();
  clients = sandbox.clients(account, region);
  stopListening = sandbox.gateway.afterCall(async (call) => {
    if (call.service === 'lambda' && call.operation === 'Invoke') {
      const request: RemediationRequest = JSON.parse(call.body.toString());
      if (request.mode === 'apply') fixes.push(request);
    }
    if (!byStaunch(call)) return;
    if (/^(Get|Describe)/.test(call.operation)) await afterRead(call);
    else writes.push(call);
  });
}, patience);

afterAll(async () => {
  stopListening?.();
  await leaveSandbox();
});

afterEach(() => {
  afterRead = async () => {};
});

const stateOf = (id: string) => lastReportOf(sandbox, id)?.state;
const untilFixed = (id: string) => until(sandbox, 'it was fixed', () => stateOf(id) === 'fixed');

const identityOf = ({ control, resourceType }: Danger, resourceId: string) => ({
  accountId: clients.accountId,
  region,
  control,
  resourceType,
  resourceId,
});

describe.each(dangers)('the fix of %s', (title, danger) => {
  const nameFor = (what: string) => `${what}-${title.replaceAll(' ', '-')}`;

  it(
    'takes what is dangerous alone, and changes nothing a second time',
    async () => {
      const id = await danger.plant(clients, nameFor('twice'));
      await untilFixed(id);
      await calm(sandbox);
      expect(await danger.read(clients, id)).toEqual(danger.healed);
      const written = writes.length;

      await sendFinding(sandbox, identityOf(danger, id));
      await calm(sandbox);
      const again = await applyAgain(danger, id);

      expect(again).toMatchObject({ outcome: 'already-compliant', applied: 0 });
      expect(writes.slice(written)).toEqual([]);
      expect(await danger.read(clients, id)).toEqual(danger.healed);
      const records = await recordsOf(sandbox);
      expect(records.filter(({ identity }) => identity.resourceId === id).map(({ state }) => state)).toEqual([
        'fixed',
      ]);
    },
    patience,
  );

  it(
    'is planned anew when somebody changes the resource between its reading and its first write',
    async () => {
      const before = fixes.length;
      let edited = 0;
      // What a fix writes first it reads right before it writes it, and last.
      let left = 1;
      afterRead = async ({ operation, service }) => {
        if (operation !== danger.lastRead || service === 's3-control') return;
        left -= 1;
        if (left !== 0) return;
        edited = writes.length;
        await danger.edit(clients, await id);
      };
      const written = writes.length;
      const id = danger.plant(clients, nameFor('edited'));

      await untilFixed(await id);

      expect(edited).toBe(written);
      expect(left).toBeLessThan(0);
      expect(await danger.read(clients, await id)).toEqual(danger.healedAfterEdit);
      // One application makes one plan. Where the edit is met only between two of its writes, what is left is completed.
      expect([1, 2]).toContain(fixes.slice(before).length);
    },
    patience,
  );

  it(
    'that fails at its second write says so, and the next attempt completes it',
    async () => {
      const iam = new IAMClient({
        region,
        endpoint: sandbox.gateway.endpoint,
        credentials: sandbox.gateway.administratorOf(clients.accountId),
      });
      const policy = { RoleName: roleNames.remediation, PolicyName: 'guardrail' };
      const Statement = [{ Effect: 'Deny', Action: danger.secondWrite, Resource: '*' }];
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }));
      const id = await danger.plant(clients, nameFor('half'));
      await until(sandbox, 'the fix had failed', () => stateOf(id) === 'failed');

      expect(lastReportOf(sandbox, id)).toMatchObject({
        errorCode: danger.denial,
        reason: expect.stringContaining(danger.halfSaid),
      });
      expect(await danger.read(clients, id)).toEqual(danger.half);

      await iam.send(new DeleteRolePolicyCommand(policy));
      await calm(sandbox);
      await makeDue(sandbox, id);
      await untilFixed(id);
      expect(await danger.read(clients, id)).toEqual(danger.healed);
    },
    patience,
  );
});

describe('a group that has no room for another rule', () => {
  it(
    'is left as it is until somebody approves that the harmless part of a rule goes too',
    async () => {
      const { ec2 } = clients;
      const { GroupId = '' } = await ec2.send(
        new CreateSecurityGroupCommand({ GroupName: 'full', Description: 'full' }),
      );
      // The quota is 60: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
      const filling = Array.from({ length: 59 }, (_, index) => open(10_000 + index));
      const IpPermissions = [open(3300, 3310), ...filling];
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
      const before = await readGroup(clients, GroupId);
      await until(sandbox, 'it waited', () => stateOf(GroupId) === 'waiting');

      expect(lastReportOf(sandbox, GroupId)?.plan).toMatchObject({
        lossy: true,
        changes: [{ action: 'revoke', fromPort: 3300, toPort: 3310 }],
      });
      expect(await readGroup(clients, GroupId)).toEqual(before);
    },
    patience,
  );
});

/** Sends the request of a fix to its remediation function once more. */
async function applyAgain({ resourceType }: Danger, resourceId: string): Promise<RemediationResult> {
  const request = fixes.findLast(({ finding }) => finding.resourceId === resourceId);
  if (request === undefined) throw new Error(`No fix of ${resourceId} was asked for`);
  const lambda = new LambdaClient({
    region: sandbox.hub.region,
    endpoint: sandbox.gateway.endpoint,
    credentials: sandbox.gateway.administratorOf(sandbox.hub.accountId),
  });
  const { Payload } = await lambda.send(
    new InvokeCommand({
      FunctionName: remediationFunctionName(resourceTypes[resourceType].slug),
      Payload: JSON.stringify(request),
    }),
  );
  return JSON.parse(new TextDecoder().decode(Payload));
}
