import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { Json } from '../../../contract/json';
import type { FixStep } from '../../../controls/resources/undo';
import { control } from '../../../controls/security-group-open-ports';
import { deadlineIn } from '../../../hub-functions/remediation/deadline';
import { remediate } from '../../../hub-functions/remediation/remediate';
import { securityGroupAdapter } from '../../../hub-functions/remediation/security-group/adapter';
import { undo } from '../../../hub-functions/remediation/undo';
import type { Moto } from '../../../sandbox/moto/moto';
import { startTestMoto } from '../../support/moto';

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

const tcp = (from: number, to: number, cidr: string, Description?: string): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  IpRanges: [{ CidrIp: cidr, ...(Description && { Description }) }],
});

async function open(
  GroupId: string,
  permission: IpPermission,
  tags: Record<string, string> = {},
): Promise<void> {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [permission],
      ...(Tags.length > 0 && { TagSpecifications: [{ ResourceType: 'security-group-rule', Tags }] }),
    }),
  );
}

let groups = 0;
/** A group with a split range and a whole rule that are both dangerous, and an office that is not. */
async function dangerousGroup(): Promise<string> {
  const name = `undo-${++groups}`;
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: name, Description: name, VpcId: vpcId }),
  );
  await open(GroupId, tcp(20, 23, '0.0.0.0/0', 'shop'), { owner: 'ops', app: 'shop' });
  await open(GroupId, tcp(3389, 3389, '0.0.0.0/0', 'desk'), { owner: 'desk' });
  await open(GroupId, tcp(22, 22, '198.51.100.7/32', 'office'), { owner: 'it' });
  return GroupId;
}

/** One line a rule: ports, source, description, tags. */
async function rulesOf(groupId: string): Promise<string[]> {
  const { SecurityGroupRules: rules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [groupId] }] }),
  );
  return rules
    .filter(({ IsEgress }) => !IsEgress)
    .map(({ FromPort, ToPort, CidrIpv4, Description, Tags = [] }) => {
      const tags = Tags.map(({ Key, Value }) => `${Key}=${Value}`).toSorted();
      return [`${FromPort}-${ToPort}`, CidrIpv4, Description, ...tags].join(' ');
    })
    .sort();
}

function access(groupId: string) {
  return securityGroupAdapter({ endpoint: moto.endpoint }).open({
    finding: {
      accountId: '123456789012',
      region,
      control: control.id,
      resourceType: control.resourceType,
      resourceId: groupId,
    },
    credentials,
    signal: deadlineIn(30_000),
  });
}

const parameters = control.parameters.parse({});
const pause = async () => {};

/** Fixes a group; returns what an undo needs. */
async function fixed(groupId: string): Promise<{ steps: FixStep[]; after: Json }> {
  const steps: FixStep[] = [];
  let after: Json = null;
  const live = access(groupId);
  const { outcome } = await remediate({
    control,
    parameters,
    mode: 'apply',
    applyLossy: false,
    live,
    saveStep: async (step) => void steps.push(step),
    saveResult: async () => {},
    saveAfter: async (state) => {
      after = state;
    },
    stopped: async () => undefined,
    unfinished: async () => undefined,
    pause,
  });
  live.close();
  expect(outcome).toBe('fixed');
  return { steps, after };
}

async function undone(groupId: string, { steps, after }: { steps: FixStep[]; after: Json }) {
  const [first, ...rest] = steps;
  const live = access(groupId);
  const result = await undo({
    control,
    parameters,
    live,
    planUndo: securityGroupAdapter().planUndo,
    history: async () => first && { steps: [first, ...rest], after },
    saveUndone: async () => {},
    pause,
  });
  live.close();
  return result;
}

describe('fixing a security group whose rules have tags', () => {
  it('gives each part the description and the tags of the rule that it was cut from', async () => {
    const groupId = await dangerousGroup();
    await fixed(groupId);
    expect(await rulesOf(groupId)).toEqual([
      '20-21 0.0.0.0/0 shop app=shop owner=ops',
      '22-22 198.51.100.7/32 office owner=it',
      '23-23 0.0.0.0/0 shop app=shop owner=ops',
    ]);
  });
});

describe('undoing the fix of a security group', () => {
  it('gives back every rule with description and tags, and changes nothing the second time', async () => {
    const groupId = await dangerousGroup();
    const before = await rulesOf(groupId);
    const history = await fixed(groupId);
    expect(await undone(groupId, history)).toMatchObject({ outcome: 'undone', applied: 4 });
    expect(await rulesOf(groupId)).toEqual(before);
    expect(await undone(groupId, history)).toMatchObject({ outcome: 'undone', applied: 0 });
    expect(await rulesOf(groupId)).toEqual(before);
  });

  it('completes an undo that stopped half-way', async () => {
    const groupId = await dangerousGroup();
    const before = await rulesOf(groupId);
    const history = await fixed(groupId);
    await open(groupId, tcp(3389, 3389, '0.0.0.0/0', 'desk'), { owner: 'desk' });
    await ec2.send(
      new RevokeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [tcp(23, 23, '0.0.0.0/0')] }),
    );
    expect(await undone(groupId, history)).toMatchObject({ outcome: 'undone', applied: 2 });
    expect(await rulesOf(groupId)).toEqual(before);
  });

  it('changes nothing, and says what differs, when the group was changed since', async () => {
    const groupId = await dangerousGroup();
    const history = await fixed(groupId);
    await open(groupId, tcp(8443, 8443, '10.0.0.0/8'));
    const rules = await rulesOf(groupId);
    expect(await undone(groupId, history)).toMatchObject({
      outcome: 'changed',
      applied: 0,
      differences: ['tcp 8443 from 10.0.0.0/8 was added since.'],
    });
    expect(await rulesOf(groupId)).toEqual(rules);
  });
});
