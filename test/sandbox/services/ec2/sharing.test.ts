import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DescribeSnapshotAttributeCommand,
  DescribeSnapshotsCommand,
  DisableSnapshotBlockPublicAccessCommand,
  EC2Client,
  EnableImageBlockPublicAccessCommand,
  EnableSnapshotBlockPublicAccessCommand,
  GetImageBlockPublicAccessStateCommand,
  GetSnapshotBlockPublicAccessStateCommand,
  ModifyImageAttributeCommand,
  ModifySnapshotAttributeCommand,
  RegisterImageCommand,
  type SnapshotBlockPublicAccessState,
} from '@aws-sdk/client-ec2';
import { control } from '../../../../controls/ebs-snapshot-public';
import { sessionPolicy } from '../../../../hub-functions/coordinator/member/session-policy';
import { region, TestSandbox, trust } from '../../gateway/sandbox';

const sandbox = new TestSandbox();
let ec2: EC2Client;
beforeAll(async () => {
  await sandbox.start();
  ec2 = new EC2Client(sandbox.as(sandbox.member));
}, 30_000);
afterAll(() => sandbox.stop());

async function newSnapshot(): Promise<string> {
  const { VolumeId } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: 1 }));
  const { SnapshotId = '' } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
  return SnapshotId;
}
const share = (SnapshotId: string, OperationType: 'add' | 'remove', client = ec2) =>
  client.send(
    new ModifySnapshotAttributeCommand({
      SnapshotId,
      Attribute: 'createVolumePermission',
      OperationType,
      GroupNames: ['all'],
    }),
  );
const permissionsOf = async (SnapshotId: string) => {
  const Attribute = 'createVolumePermission';
  const answer = await ec2.send(new DescribeSnapshotAttributeCommand({ SnapshotId, Attribute }));
  return answer.CreateVolumePermissions ?? [];
};
const openToAll = async () => {
  const list = new DescribeSnapshotsCommand({ OwnerIds: ['self'], RestorableByUserIds: ['all'] });
  return (await ec2.send(list)).Snapshots?.map(({ SnapshotId }) => SnapshotId);
};
const block = (State: SnapshotBlockPublicAccessState) =>
  ec2.send(new EnableSnapshotBlockPublicAccessCommand({ State }));

describe('a snapshot', () => {
  it('is shared with everybody, and found among those that are, until it is not any more', async () => {
    const [id, other] = [await newSnapshot(), await newSnapshot()];
    await share(id, 'add');
    expect(await permissionsOf(id)).toEqual([{ Group: 'all' }]);
    expect(await openToAll()).toEqual([id]);
    expect((await ec2.send(new DescribeSnapshotsCommand({}))).Snapshots).toHaveLength(2);
    await share(id, 'remove');
    expect([await permissionsOf(id), await permissionsOf(other), await openToAll()]).toEqual([[], [], []]);
  });

  it('is shared by the other form of the call as well', async () => {
    const SnapshotId = await newSnapshot();
    const Add = [{ Group: 'all' as const }, { UserId: '444455556666' }];
    await ec2.send(new ModifySnapshotAttributeCommand({ SnapshotId, CreateVolumePermission: { Add } }));
    expect(await permissionsOf(SnapshotId)).toHaveLength(2);
    const both = { Add: [{ UserId: '777788889999' }], Remove: Add };
    await expect(
      ec2.send(new ModifySnapshotAttributeCommand({ SnapshotId, CreateVolumePermission: both })),
    ).rejects.toMatchObject({ name: 'InvalidParameterCombination' });
    await share(SnapshotId, 'remove');
    expect(await permissionsOf(SnapshotId)).toEqual([{ UserId: '444455556666' }]);
  });

  it('is not shared with everybody under a block; under the strictest what is shared is open to nobody', async () => {
    const id = await newSnapshot();
    await share(id, 'add');
    for (const state of ['block-all-sharing', 'block-new-sharing'] as const) {
      await block(state);
      const { State } = await ec2.send(new GetSnapshotBlockPublicAccessStateCommand({}));
      expect(State).toBe(state);
      await expect(share(await newSnapshot(), 'add')).rejects.toMatchObject({
        name: 'OperationNotPermitted',
      });
      expect(await permissionsOf(id)).toEqual([{ Group: 'all' }]);
      expect(await openToAll()).toEqual(state === 'block-all-sharing' ? [] : [id]);
    }
    await expect(block('unblocked')).rejects.toMatchObject({ name: 'InvalidRequest' });
    await ec2.send(new DisableSnapshotBlockPublicAccessCommand({}));
    expect(await openToAll()).toEqual([id]);
    await share(id, 'remove');
  });

  it('is changed by a session for it alone', async () => {
    const [mine, other] = [await newSnapshot(), await newSnapshot()];
    const everything = { Effect: 'Allow', Action: 'ec2:*', Resource: '*' };
    const roleArn = await sandbox.createRole(sandbox.member, 'fixes', trust(sandbox.member), everything);
    const finding = {
      accountId: sandbox.member,
      region,
      control: control.id,
      resourceType: control.resourceType,
      resourceId: mine,
    };
    const Policy = sessionPolicy(control, finding, 'apply');
    const session = new EC2Client(sandbox.as(await sandbox.assume(sandbox.member, roleArn, { Policy })));
    await share(mine, 'remove', session);
    await expect(share(other, 'remove', session)).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
  });
});

it('refuses to share an image with everybody while that is blocked', async () => {
  const { ImageId } = await ec2.send(new RegisterImageCommand({ Name: 'an-image' }));
  const shareImage = () =>
    ec2.send(new ModifyImageAttributeCommand({ ImageId, LaunchPermission: { Add: [{ Group: 'all' }] } }));
  await shareImage();
  await ec2.send(
    new EnableImageBlockPublicAccessCommand({ ImageBlockPublicAccessState: 'block-new-sharing' }),
  );
  const { ImageBlockPublicAccessState } = await ec2.send(new GetImageBlockPublicAccessStateCommand({}));
  expect(ImageBlockPublicAccessState).toBe('block-new-sharing');
  await expect(shareImage()).rejects.toMatchObject({ name: 'OperationNotPermitted' });
});
