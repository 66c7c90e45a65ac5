import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  GetManagedPrefixListEntriesCommand,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { control } from '../../../../controls/security-group-open-ports';
import { sessionPolicy } from '../../../../hub-functions/coordinator/member/session-policy';
import { securityGroupAdapter } from '../../../../resources/security-group/adapter';
import { InMemoryAws } from '../in-memory-aws';

const groupId = 'sg-0123456789abcdef0';
const accountId = '222222222222';
const region = 'eu-west-1';
let aws: InMemoryAws;
let restore: () => void;
let ec2: EC2Client;

beforeEach(() => {
  aws = new InMemoryAws();
  restore = aws.install();
  ec2 = new EC2Client({ region, credentials: aws.adminCredentials(accountId) });
  aws.ec2.createGroup(groupId, {
    accountId,
    permissions: [tcp(22, '0.0.0.0/0', '10.0.0.0/8'), tcp(443, '0.0.0.0/0')],
  });
});
afterEach(() => restore());

function tcp(port: number, ...cidrs: string[]): IpPermission {
  return {
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    IpRanges: cidrs.filter((cidr) => !cidr.includes(':')).map((CidrIp) => ({ CidrIp })),
    Ipv6Ranges: cidrs.filter((cidr) => cidr.includes(':')).map((CidrIpv6) => ({ CidrIpv6 })),
  };
}
const authorize = (...IpPermissions: IpPermission[]) =>
  ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions }));
const revoke = (...IpPermissions: IpPermission[]) =>
  ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions }));
const rules = () =>
  aws.ec2
    .group(groupId)
    ?.rules.map(({ protocol, fromPort, source }) => `${protocol} ${fromPort} ${source.name}`);
const atFirst = ['tcp 22 0.0.0.0/0', 'tcp 22 10.0.0.0/8', 'tcp 443 0.0.0.0/0'];

describe('authorizing', () => {
  it('adds rules with their descriptions and tags, each with an id', async () => {
    const IpPermissions = [
      { IpProtocol: '6', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'web' }] },
      { IpProtocol: '-1', FromPort: 1, ToPort: 2, Ipv6Ranges: [{ CidrIpv6: 'fc00::/7' }] },
    ];
    const TagSpecifications = [
      { ResourceType: 'security-group-rule' as const, Tags: [{ Key: 'a', Value: 'b' }] },
    ];
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions, TagSpecifications }),
    );
    const { SecurityGroupRules = [] } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [groupId] }] }),
    );
    expect(SecurityGroupRules.slice(3)).toMatchObject([
      {
        IpProtocol: 'tcp',
        FromPort: 80,
        CidrIpv4: '10.0.0.0/8',
        Description: 'web',
        Tags: [{ Key: 'a', Value: 'b' }],
      },
      { IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv6: 'fc00::/7' },
    ]);
    expect(new Set(SecurityGroupRules.map(({ SecurityGroupRuleId: id }) => id)).size).toBe(5);
  });

  it('fails whole for one rule that is there already, or twice in the call', async () => {
    const Duplicate = { name: 'InvalidPermission.Duplicate', $fault: 'client' };
    await expect(authorize(tcp(80, '0.0.0.0/0'), tcp(443, '0.0.0.0/0'))).rejects.toMatchObject(Duplicate);
    await expect(authorize(tcp(80, '0.0.0.0/0', '0.0.0.0/0'))).rejects.toMatchObject(Duplicate);
    expect(rules()).toEqual(atFirst);
  });

  it('stays within the quota, which counts IPv4 and IPv6 apart', async () => {
    aws.ec2.rulesPerGroup = 3;
    await authorize(tcp(80, '::/0'), tcp(81, '::/0'), tcp(82, '::/0'));
    const Exceeded = { name: 'RulesPerSecurityGroupLimitExceeded' };
    await expect(authorize(tcp(83, '::/0'))).rejects.toMatchObject(Exceeded);
    await expect(authorize(tcp(83, '0.0.0.0/0'))).rejects.toMatchObject(Exceeded);
  });

  it('takes a prefix list that is there', async () => {
    const permission = {
      IpProtocol: 'tcp',
      FromPort: 1,
      ToPort: 1,
      PrefixListIds: [{ PrefixListId: 'pl-1' }],
    };
    await expect(authorize(permission)).rejects.toMatchObject({ name: 'InvalidPrefixListID.NotFound' });
    aws.ec2.createPrefixList('pl-1', ['10.0.0.0/8']);
    await authorize(permission);
    const { Entries } = await ec2.send(new GetManagedPrefixListEntriesCommand({ PrefixListId: 'pl-1' }));
    expect(Entries).toEqual([{ Cidr: '10.0.0.0/8' }]);
  });
});

describe('revoking', () => {
  it('takes the rules that match exactly, whatever their description', async () => {
    await revoke({ ...tcp(22), IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'other' }] });
    expect(rules()).toEqual(['tcp 22 10.0.0.0/8', 'tcp 443 0.0.0.0/0']);
  });

  it.each([
    ['one that is not there', [tcp(22, '0.0.0.0/0'), tcp(23, '0.0.0.0/0')]],
    ['one that is named twice', [tcp(22, '0.0.0.0/0'), tcp(22, '0.0.0.0/0')]],
  ])('takes nothing where the call has %s', async (_, permissions) => {
    await expect(revoke(...permissions)).rejects.toMatchObject({ name: 'InvalidPermission.NotFound' });
    expect(rules()).toEqual(atFirst);
  });

  it('passes over what is not there in a default VPC, and tells it', async () => {
    aws.ec2.createGroup(groupId, { accountId, isInDefaultVpc: true, permissions: [tcp(22, '0.0.0.0/0')] });
    const { UnknownIpPermissions } = await revoke(tcp(22, '0.0.0.0/0'), tcp(23, '::/0'));
    expect(UnknownIpPermissions).toMatchObject([
      { IpProtocol: 'tcp', FromPort: 23, Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
    ]);
    expect(rules()).toEqual([]);
  });
});

describe('describing', () => {
  it('answers the rules of a protocol and ports as one permission, and never what it keeps itself', async () => {
    const describing = () => ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
    const { SecurityGroups } = await describing();
    expect(SecurityGroups?.[0]?.IpPermissions).toMatchObject([
      { FromPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }, { CidrIp: '10.0.0.0/8' }] },
      { FromPort: 443 },
    ]);
    SecurityGroups?.[0]?.IpPermissions?.pop();
    expect((await describing()).SecurityGroups?.[0]?.IpPermissions).toHaveLength(2);
  });

  it('says of a group that is gone, or elsewhere, that it is not there', async () => {
    const NotFound = { name: 'InvalidGroup.NotFound' };
    const elsewhere = new EC2Client({ region: 'us-east-1', credentials: aws.adminCredentials(accountId) });
    const command = new DescribeSecurityGroupsCommand({ GroupIds: [groupId] });
    await expect(elsewhere.send(command)).rejects.toMatchObject(NotFound);
    aws.ec2.deleteGroup(groupId);
    await expect(ec2.send(command)).rejects.toMatchObject(NotFound);
  });
});

describe('sessions', () => {
  const finding = {
    accountId,
    region,
    control: control.id,
    resourceType: control.resourceType,
    resourceId: groupId,
  };
  const client = (mode: 'plan' | 'apply', more: { account?: string; resource?: string } = {}) => {
    const policy = sessionPolicy(control, { ...finding, resourceId: more.resource ?? groupId }, mode);
    const roleName = mode === 'plan' ? 'staunch-read' : 'staunch-remediation';
    const expiresAt = aws.clock.milliseconds + 900_000;
    const session = {
      accountId: more.account ?? accountId,
      roleName,
      sessionName: 'test',
      policy,
      expiresAt,
    };
    return new EC2Client({ region, credentials: aws.sessions.open(session) });
  };
  const revoking = new RevokeSecurityGroupIngressCommand({
    GroupId: groupId,
    IpPermissions: [tcp(22, '0.0.0.0/0')],
  });
  const reading = new DescribeSecurityGroupsCommand({ GroupIds: [groupId] });
  const Unauthorized = { name: 'UnauthorizedOperation', $metadata: { httpStatusCode: 403 } };

  it('may do what the control’s session policy says', async () => {
    await client('plan').send(reading);
    await client('apply').send(revoking);
    await client('apply').send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: groupId,
        IpPermissions: [tcp(80, '10.0.0.0/8')],
        TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'a', Value: 'b' }] }],
      }),
    );
    expect(rules()).toEqual(['tcp 22 10.0.0.0/8', 'tcp 443 0.0.0.0/0', 'tcp 80 10.0.0.0/8']);
    expect(aws.violations).toEqual([]);
  });

  it.each<[string, () => EC2Client, object]>([
    ['to read writes nothing', () => client('plan'), Unauthorized],
    ['for another group', () => client('apply', { resource: 'sg-00000000000000001' }), Unauthorized],
    ['in another account', () => client('apply', { account: '333333333333' }), Unauthorized],
    [
      'that nobody opened',
      () => new EC2Client({ region, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }),
      { name: 'AuthFailure' },
    ],
  ])('%s: refused, and remembered', async (_, clientOf, error) => {
    await expect(clientOf().send(revoking)).rejects.toMatchObject(error);
    expect(rules()).toEqual(atFirst);
    expect(aws.violations).toHaveLength(1);
  });

  it('end, and meet guardrails, neither of which is anybody’s wrong', async () => {
    const old = client('apply');
    aws.clock.advance({ minutes: 15 });
    await expect(old.send(revoking)).rejects.toMatchObject({ name: 'RequestExpired' });
    aws.authorization.isDenied = (account, action) =>
      account === accountId && action.startsWith('ec2:Revoke');
    await expect(client('apply').send(revoking)).rejects.toMatchObject(Unauthorized);
    await client('apply').send(reading);
    expect(aws.violations).toEqual([]);
  });
});

it('is read and changed by the adapter, page by page', async () => {
  aws.ec2.pageSize = 2;
  aws.ec2.createPrefixList('pl-1', ['10.0.0.0/8', '10.0.0.0/9', '10.0.0.0/10']);
  await authorize({ IpProtocol: 'tcp', FromPort: 1, ToPort: 1, PrefixListIds: [{ PrefixListId: 'pl-1' }] });
  const signal = new AbortController().signal;
  const finding = {
    accountId,
    region,
    control: control.id,
    resourceType: control.resourceType,
    resourceId: groupId,
  };
  const live = securityGroupAdapter().open({
    finding,
    credentials: aws.adminCredentials(accountId),
    signal,
    mayWrite: async () => {},
  });
  const reading = await live.read();
  if (reading === 'gone') throw new Error('It is there.');
  const parameters = control.parameters.parse({});
  const { violations } = control.evaluate(reading.resource, parameters);
  await live.apply(control.plan(reading.resource, violations, parameters), reading, () => {});
  expect(rules()).toEqual(['tcp 22 10.0.0.0/8', 'tcp 443 0.0.0.0/0', 'tcp 1 pl-1']);
  expect(aws.violations).toEqual([]);
});

it('ends a call that is cut off before it is made', async () => {
  const abortSignal = AbortSignal.abort();
  const cut = ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }), { abortSignal });
  await expect(cut).rejects.toMatchObject({ name: 'AbortError' });
});
