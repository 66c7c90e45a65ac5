import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { customControls } from '../../../../controls/registry';
import { sessionPolicy } from '../../../../hub-functions/coordinator/member/session-policy';
import { region, TestSandbox, trust } from '../../gateway/sandbox';

const sandbox = new TestSandbox();
let roleArn = '';
let mine = '';
let other = '';
beforeAll(async () => {
  await sandbox.start();
  const everything = { Effect: 'Allow', Action: 'ec2:*', Resource: '*' };
  roleArn = await sandbox.createRole(sandbox.member, 'remediation', trust(sandbox.member), everything);
  const administrator = new EC2Client(sandbox.as(sandbox.member));
  mine = await newGroup(administrator, 'mine');
  other = await newGroup(administrator, 'other');
}, 30_000);
afterAll(() => sandbox.stop());

const Tags = [{ Key: 'owner', Value: 'ops' }];

async function newGroup(ec2: EC2Client, GroupName: string): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName, Description: GroupName, VpcId: Vpc?.VpcId }),
  );
  return GroupId;
}

const authorize = (ec2: EC2Client, GroupId: string, port: number) =>
  ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [
        { IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      ],
      TagSpecifications: [{ ResourceType: 'security-group-rule', Tags }],
    }),
  );

describe('a session that fixes a security group', () => {
  it('may tag the rules that it adds to the one group, and nothing else', async () => {
    const control = customControls.find(({ id }) => id === 'security-group-open-ports');
    if (!control) throw new Error('The control is gone.');
    const finding = {
      accountId: sandbox.member,
      region,
      control: control.id,
      resourceType: control.resourceType,
      resourceId: mine,
    };
    const Policy = sessionPolicy(control, finding, 'apply');
    const ec2 = new EC2Client(sandbox.as(await sandbox.assume(sandbox.member, roleArn, { Policy })));

    const { SecurityGroupRules: [rule] = [] } = await authorize(ec2, mine, 80);
    expect(rule?.Tags).toEqual(Tags);

    const denied = { name: 'UnauthorizedOperation' };
    await expect(authorize(ec2, other, 80)).rejects.toMatchObject(denied);
    for (const id of [rule?.SecurityGroupRuleId ?? '', mine]) {
      await expect(ec2.send(new CreateTagsCommand({ Resources: [id], Tags }))).rejects.toMatchObject(denied);
    }
  });
});
