import type { ApiCall } from '../../../../sandbox/gateway/api';
import { recordedShareChanges, shareChangesOf } from '../../../../sandbox/services/ec2/share-changes';

const call = (operation: string, parameters: object): ApiCall =>
  ({ service: 'ec2', operation, parameters }) as ApiCall;
const add = { Attribute: 'createVolumePermission', OperationType: 'add', UserGroup: ['all'] };

describe('a call that changes a share list', () => {
  it.each([
    ['by one operation', { SnapshotId: 'snap-1', ...add }],
    ['by a structure', { SnapshotId: 'snap-1', CreateVolumePermission: { Add: [{ Group: 'all' }] } }],
  ])('is recorded in the one form of CloudTrail: %s', (_form, parameters) => {
    expect(recordedShareChanges(call('ModifySnapshotAttribute', parameters))).toEqual({
      snapshotId: 'snap-1',
      createVolumePermission: { add: { items: [{ group: 'all' }] } },
      attributeType: 'CREATE_VOLUME_PERMISSION',
    });
  });

  it('is recorded of an image with accounts and organizations', () => {
    const OrganizationArn = 'arn:aws:organizations::111122223333:organization/o-aaaaaaaaaa';
    const LaunchPermission = { Remove: [{ OrganizationArn }, { UserId: '444455556666' }] };
    expect(
      recordedShareChanges(call('ModifyImageAttribute', { ImageId: 'ami-1', LaunchPermission })),
    ).toEqual({
      imageId: 'ami-1',
      launchPermission: {
        remove: { items: [{ organizationArn: OrganizationArn }, { userId: '444455556666' }] },
      },
      attributeType: 'launchPermission',
    });
  });

  it('is no change of another attribute, nor of anything else', () => {
    const description = { ImageId: 'ami-1', Attribute: 'description', Value: 'x' };
    expect(shareChangesOf(call('ModifyImageAttribute', description))).toBeUndefined();
    expect(shareChangesOf(call('CreateTags', { ResourceId: ['ami-1'] }))).toBeUndefined();
  });

  it('is refused without a word of what to do with the accounts', () => {
    const parameters = { SnapshotId: 'snap-1', UserId: ['444455556666'] };
    expect(() => shareChangesOf(call('ModifySnapshotAttribute', parameters))).toThrow(/OperationType/);
  });
});
