import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  type IpPermission,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { control } from '../../../controls/security-group-open-ports';
import { deadlineIn } from '../../../hub-functions/remediation/deadline';
import { undo } from '../../../hub-functions/remediation/undo';
import type { SavedHistory } from '../../../ledger/saved/saved-history';
import { securityGroupAdapter } from '../../../resources/security-group/adapter';
import type { Moto } from '../../../sandbox/moto/moto';
import { startTestMoto } from '../../support/moto';
import { Attempts, type Tried } from './support/attempts';

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

/** A group, and how it is judged and reached. */
function tried(groupId: string): Tried {
  const adapter = securityGroupAdapter({ endpoint: moto.endpoint });
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
    mayWrite: async () => {},
  });
  return {
    control,
    parameters: control.parameters.parse({ prohibitedPorts: [22, 3389] }),
    planUndo: adapter.planUndo,
    live,
  };
}

/** Fixes a group; returns what an undo needs. */
async function fixed(groupId: string): Promise<SavedHistory> {
  const attempts = new Attempts();
  const group = tried(groupId);
  const { outcome } = await attempts.fix(group);
  group.live.close();
  expect(outcome).toBe('fixed');
  const history = await attempts.saved.history();
  if (!history) throw new Error('Nothing was saved.');
  return history;
}

async function undone(groupId: string, history: SavedHistory) {
  const group = tried(groupId);
  const result = await undo({ ...group, history, pause: async () => {} });
  group.live.close();
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

  it.each([
    ['of the calls that open again', false, 3],
    ['of those that close what was added', true, 1],
  ])('completes an undo that stopped in the middle %s', async (_where, isOpen, left) => {
    const groupId = await dangerousGroup();
    const before = await rulesOf(groupId);
    const history = await fixed(groupId);
    await open(groupId, tcp(3389, 3389, '0.0.0.0/0', 'desk'), { owner: 'desk' });
    if (isOpen) {
      await open(groupId, tcp(20, 23, '0.0.0.0/0', 'shop'), { owner: 'ops', app: 'shop' });
      await ec2.send(
        new RevokeSecurityGroupIngressCommand({
          GroupId: groupId,
          IpPermissions: [tcp(23, 23, '0.0.0.0/0')],
        }),
      );
    }
    expect(await undone(groupId, history)).toMatchObject({ outcome: 'undone', applied: left });
    expect(await rulesOf(groupId)).toEqual(before);
  });

  it('leaves what others changed of rules that the fix did not touch', async () => {
    const groupId = await dangerousGroup();
    const [shop, , desk] = await rulesOf(groupId);
    const history = await fixed(groupId);
    await open(groupId, tcp(8443, 8443, '10.0.0.0/8'));
    const office = tcp(22, 22, '198.51.100.7/32');
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [office] }));
    expect(await undone(groupId, history)).toMatchObject({ outcome: 'undone', applied: 4 });
    expect(await rulesOf(groupId)).toEqual([shop, desk, expect.stringContaining('8443-8443 10.0.0.0/8')]);
  });

  it('changes nothing, and says what differs, when a rule that the fix added was changed since', async () => {
    const groupId = await dangerousGroup();
    const history = await fixed(groupId);
    const added = tcp(20, 21, '0.0.0.0/0');
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [added] }));
    const differences = () => undone(groupId, history).then((result) => [result.outcome, result.differences]);
    expect(await differences()).toEqual(['changed', ['tcp 20-21 from 0.0.0.0/0 was removed since.']]);
    await open(groupId, tcp(20, 21, '0.0.0.0/0', 'mine'));
    const rules = await rulesOf(groupId);
    expect(await differences()).toEqual([
      'changed',
      ['tcp 20-21 from 0.0.0.0/0 has another description since.'],
    ]);
    expect(await rulesOf(groupId)).toEqual(rules);
  });
});
