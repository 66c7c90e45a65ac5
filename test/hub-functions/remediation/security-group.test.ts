import { Readable } from 'node:stream';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  type EC2ClientConfig,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { control } from '../../../controls/security-group-open-ports';
import type { Json } from '../../../core/json';
import type { RemediationResult } from '../../../core/remediation';
import { stateDigest } from '../../../core/state-digest';
import { applyFix } from '../../../hub-functions/remediation/apply';
import { deadlineIn } from '../../../hub-functions/remediation/deadline';
import { planFix } from '../../../hub-functions/remediation/plan';
import { securityGroupAdapter } from '../../../resources/security-group/adapter';
import type { Moto } from '../../../sandbox/moto/moto';
import { startTestMoto } from '../../support/moto';
import { type Attempted, Attempts, type Tried } from './support/attempts';

// Each test makes real calls, and the machine may be busy.

const region = 'eu-west-1';
const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret', sessionToken: 'token' };
let moto: Moto;
let ec2: EC2Client;
let vpcId: string;

beforeAll(async () => {
  moto = await startTestMoto();
  ec2 = new EC2Client({ region, credentials, endpoint: moto.endpoint });
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  vpcId = String(Vpc?.VpcId);
}, 60_000);
afterAll(async () => {
  ec2.destroy();
  await moto.stop();
});

let groups = 0;
async function groupWith(...permissions: IpPermission[]): Promise<string> {
  const name = `group-${++groups}`;
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: name, Description: name, VpcId: vpcId }),
  );
  if (permissions.length > 0) await open(String(GroupId), ...permissions);
  return String(GroupId);
}

async function open(GroupId: string, ...IpPermissions: IpPermission[]): Promise<void> {
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
}

async function revoke(GroupId: string, ...IpPermissions: IpPermission[]): Promise<void> {
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
}

const tcp = (from: number, to: number, ...cidrs: string[]): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  IpRanges: cidrs.filter((cidr) => !cidr.includes(':')).map((CidrIp) => ({ CidrIp })),
  Ipv6Ranges: cidrs.filter((cidr) => cidr.includes(':')).map((CidrIpv6) => ({ CidrIpv6 })),
});

/** One line a rule: protocol, ports, source, description. */
async function rulesOf(groupId: string): Promise<string[]> {
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
  return (SecurityGroups?.[0]?.IpPermissions ?? [])
    .flatMap((p) => {
      const sources = [
        ...(p.IpRanges ?? []).map((range) => `${range.CidrIp} ${range.Description ?? ''}`),
        ...(p.Ipv6Ranges ?? []).map((range) => `${range.CidrIpv6} ${range.Description ?? ''}`),
        ...(p.UserIdGroupPairs ?? []).map((pair) => `group ${pair.Description ?? ''}`),
        ...(p.PrefixListIds ?? []).map((list) => `${list.PrefixListId} ${list.Description ?? ''}`),
      ];
      return sources.map((source) =>
        `${p.IpProtocol} ${p.FromPort ?? ''}-${p.ToPort ?? ''} ${source}`.trim(),
      );
    })
    .sort();
}

interface FixOptions {
  applyLossy?: boolean;
  parameters?: object;
  /** Happens right before the first write. */
  meanwhile?: () => Promise<void>;
  ec2?: EC2ClientConfig;
}

/** A group, and how it is judged and reached. */
function tried(groupId: string, options: FixOptions = {}): Tried {
  const adapter = securityGroupAdapter({ endpoint: moto.endpoint, ...options.ec2 });
  let written = false;
  const live = adapter.open({
    finding: {
      accountId: '123456789012',
      region,
      control: control.id,
      resourceType: control.resourceType,
      resourceId: groupId,
    },
    credentials,
    signal: deadlineIn(30_000),
    mayWrite: async () => {
      if (!written) await options.meanwhile?.();
      written = true;
    },
  });
  const parameters = control.parameters.parse(options.parameters ?? {});
  return { control, parameters, planUndo: adapter.planUndo, live };
}

async function fix(groupId: string, options: FixOptions = {}): Promise<Attempted & { before: Json[] }> {
  const attempts = new Attempts();
  const group = tried(groupId, options);
  const result = await attempts.fix(group, options.applyLossy);
  group.live.close();
  const { steps = [] } = (await attempts.saved.history()) ?? {};
  return { ...result, before: steps.map(({ before }) => before) };
}

async function plan(groupId: string): Promise<RemediationResult> {
  const group = tried(groupId);
  const result = await planFix({ ...group, pause: async () => {} });
  group.live.close();
  return result;
}

describe('fixing a security group', () => {
  it('takes the open port of one CIDR, and leaves every other rule', async () => {
    const groupId = await groupWith(
      tcp(22, 22, '0.0.0.0/0', '::/0', '10.0.0.0/8', '203.0.113.0/24'),
      tcp(443, 443, '0.0.0.0/0'),
    );
    expect(await fix(groupId)).toMatchObject({ outcome: 'fixed', applied: 2 });
    expect(await rulesOf(groupId)).toEqual([
      'tcp 22-22 10.0.0.0/8',
      'tcp 22-22 203.0.113.0/24',
      'tcp 443-443 0.0.0.0/0',
    ]);
  });

  it('keeps the harmless ports of a range, with their description', async () => {
    const groupId = await groupWith({
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 9300,
      IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'shop' }],
    });
    expect(await fix(groupId, { parameters: { prohibitedPorts: [3306] } })).toMatchObject({
      outcome: 'fixed',
      applied: 3,
    });
    expect(await rulesOf(groupId)).toEqual(['tcp 3307-9300 0.0.0.0/0 shop', 'tcp 443-3305 0.0.0.0/0 shop']);
  });

  it('changes nothing the second time', async () => {
    const groupId = await groupWith(tcp(22, 22, '0.0.0.0/0'));
    await fix(groupId);
    const rules = await rulesOf(groupId);
    expect(await fix(groupId)).toMatchObject({ outcome: 'already-compliant', applied: 0, before: [] });
    expect(await rulesOf(groupId)).toEqual(rules);
  });

  it('changes nothing when it only plans', async () => {
    const groupId = await groupWith(tcp(0, 65535, '0.0.0.0/0'));
    const rules = await rulesOf(groupId);
    expect(await plan(groupId)).toMatchObject({ outcome: 'planned', applied: 0, state: { groupId } });
    expect(await rulesOf(groupId)).toEqual(rules);
  });

  it('saves every ingress rule with its id, tags and description', async () => {
    const groupId = await groupWith();
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: groupId,
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 22,
            ToPort: 22,
            IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'admin' }],
          },
        ],
        TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'owner', Value: 'ops' }] }],
      }),
    );
    const { before } = await fix(groupId);
    expect(before).toMatchObject([
      {
        groupId,
        ingressRules: [
          {
            SecurityGroupRuleId: expect.stringMatching(/^sgr-/),
            CidrIpv4: '0.0.0.0/0',
            Description: 'admin',
            Tags: [{ Key: 'owner', Value: 'ops' }],
          },
        ],
      },
    ]);
  });

  it('sees through a managed prefix list', async () => {
    const { PrefixList } = await ec2.send(
      new CreateManagedPrefixListCommand({
        PrefixListName: 'world',
        AddressFamily: 'IPv4',
        MaxEntries: 2,
        Entries: [{ Cidr: '0.0.0.0/1' }, { Cidr: '128.0.0.0/1' }],
      }),
    );
    const groupId = await groupWith({
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      PrefixListIds: [{ PrefixListId: PrefixList?.PrefixListId }],
    });
    expect(await fix(groupId, { applyLossy: true })).toMatchObject({ outcome: 'fixed', applied: 1 });
    expect(await rulesOf(groupId)).toEqual([]);
  });

  it('refuses a group that lets in a prefix list which it cannot read, and never calls it compliant', async () => {
    const PrefixListIds = [{ PrefixListId: 'pl-0123456789abcdef0' }];
    const groupId = await groupWith({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, PrefixListIds });
    const body =
      '<Response><Errors><Error><Code>InvalidPrefixListID.NotFound</Code><Message>No.</Message></Error></Errors></Response>';
    const handle: (typeof ec2)['config']['requestHandler']['handle'] = async (request, options) =>
      String(request.body).includes('Action=GetManagedPrefixListEntries')
        ? { response: { statusCode: 400, headers: {}, body: Readable.from([Buffer.from(body)]) } }
        : ec2.config.requestHandler.handle(request, options);
    const result = await fix(groupId, { ec2: { requestHandler: { handle } } });
    expect(result).toMatchObject({ outcome: 'refused', applied: 0 });
    expect(result.reason).toContain('tcp 22 from pl-0123456789abcdef0');
  });

  it('says gone of a group that does not exist', async () => {
    const groupId = await groupWith(tcp(22, 22, '0.0.0.0/0'));
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId: groupId }));
    expect(await fix(groupId)).toEqual({
      version: 2,
      outcome: 'gone',
      violations: [],
      applied: 0,
      made: [],
      before: [],
    });
  });

  it('says gone of a group that is deleted between reading and writing', async () => {
    const groupId = await groupWith(tcp(22, 22, '0.0.0.0/0'));
    const meanwhile = async () => {
      await ec2.send(new DeleteSecurityGroupCommand({ GroupId: groupId }));
    };
    expect(await fix(groupId, { meanwhile })).toMatchObject({ outcome: 'gone', applied: 0 });
  });

  it('writes nothing to a group that is not any more as it was planned from, and says how it is', async () => {
    const groupId = await groupWith(tcp(22, 22, '0.0.0.0/0'));
    const { plan: planned, state = null } = await plan(groupId);
    if (!planned) throw new Error('Nothing was planned.');
    await open(groupId, tcp(8443, 8443, '10.0.0.0/8'));
    const rules = await rulesOf(groupId);
    const group = tried(groupId);
    const result = await applyFix({
      ...group,
      pause: async () => {},
      fix: { plan: planned, state: stateDigest(state) },
      applyLossy: false,
      unfinished: [],
    });
    group.live.close();
    expect(result).toMatchObject({ outcome: 'changed', applied: 0, look: { plan: planned } });
    expect(result.look?.state).toEqual((await plan(groupId)).state);
    expect(await rulesOf(groupId)).toEqual(rules);
  });

  it('reads again when a rule it wants to revoke has gone meanwhile', async () => {
    const groupId = await groupWith(tcp(22, 22, '0.0.0.0/0'), tcp(3389, 3389, '0.0.0.0/0'));
    const result = await fix(groupId, { meanwhile: () => revoke(groupId, tcp(22, 22, '0.0.0.0/0')) });
    expect(result.outcome).toBe('fixed');
    expect(await rulesOf(groupId)).toEqual([]);
  });

  it('reads again when a rule it wants to add is there meanwhile', async () => {
    const groupId = await groupWith(tcp(20, 23, '0.0.0.0/0'));
    const result = await fix(groupId, {
      parameters: { prohibitedPorts: [22] },
      meanwhile: () => open(groupId, tcp(20, 21, '0.0.0.0/0')),
    });
    expect(result.outcome).toBe('fixed');
    expect(await rulesOf(groupId)).toEqual(['tcp 20-21 0.0.0.0/0', 'tcp 23-23 0.0.0.0/0']);
  });

  it('completes a fix that stopped after the harmless ports were kept', async () => {
    const groupId = await groupWith(
      tcp(20, 23, '0.0.0.0/0'),
      tcp(20, 21, '0.0.0.0/0'),
      tcp(23, 23, '0.0.0.0/0'),
    );
    expect(await fix(groupId, { parameters: { prohibitedPorts: [22] } })).toMatchObject({
      outcome: 'fixed',
      applied: 1,
    });
    expect(await rulesOf(groupId)).toEqual(['tcp 20-21 0.0.0.0/0', 'tcp 23-23 0.0.0.0/0']);
  });

  it('asks for approval of a lossy plan when the group has no room for a split', async () => {
    const others = Array.from({ length: 59 }, (_, i) => tcp(8000 + i, 8000 + i, '10.0.0.0/8'));
    const groupId = await groupWith(tcp(20, 23, '0.0.0.0/0'), ...others);
    const rules = await rulesOf(groupId);
    // The policy believes that there is room; AWS says that there is none.
    const parameters = { prohibitedPorts: [22], rulesQuota: 1_000 };
    const result = await fix(groupId, { parameters });
    expect(result).toMatchObject({
      outcome: 'planned',
      applied: 0,
      plan: { lossy: true, changes: [{ action: 'revoke' }] },
    });
    expect(result.plan?.losses.join(' ')).toContain('Keep tcp 20-21 from 0.0.0.0/0 open.');
    expect(await rulesOf(groupId)).toEqual(rules);
    expect(await fix(groupId, { parameters, applyLossy: true })).toMatchObject({
      outcome: 'fixed',
      applied: 1,
    });
    expect(await rulesOf(groupId)).toHaveLength(59);
  });
});
