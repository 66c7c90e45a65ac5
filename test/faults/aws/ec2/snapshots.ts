import type {
  DescribeSnapshotAttributeCommandInput,
  DescribeSnapshotsCommandInput,
  ModifySnapshotAttributeCommandInput,
} from '@aws-sdk/client-ec2';
import type { Authorization } from '../authorization';
import type { Caller, Commands } from '../commands';
import { pageOf } from '../page';
import { permissionsIn, SharedItems } from './shared-items';

/** EBS snapshots in memory, as EC2 answers the calls that read and change with whom they are shared. */
export class Snapshots extends SharedItems {
  constructor(authorization: Authorization) {
    const blocking = ['block-all-sharing', 'block-new-sharing'];
    super({ noun: 'snapshot', missing: 'InvalidSnapshot.NotFound', blocking }, authorization);
  }

  /** What a client of EC2 sends about them. */
  readonly commands: Commands = {
    DescribeSnapshots: (input: DescribeSnapshotsCommandInput, caller: Caller) => {
      const accountId = this.checkList(caller, 'ec2:DescribeSnapshots');
      if (input.OwnerIds?.join() !== 'self')
        throw new Error("The in-memory EC2 describes an account's own snapshots.");
      const { SnapshotIds: wanted, RestorableByUserIds: restorable, MaxResults, NextToken } = input;
      const ids = this.idsIn(accountId, caller.region)
        .filter((id) => wanted === undefined || wanted.includes(id))
        .filter((id) => restorable === undefined || this.isOpen(id));
      const { page, next } = pageOf(ids, NextToken, MaxResults ?? ids.length);
      return {
        ...(next && { NextToken: next }),
        Snapshots: page.map((SnapshotId) => {
          const item = this.get(SnapshotId);
          const StartTime = new Date(item?.createdAt ?? 0);
          const Tags = item?.tags.map((tag) => ({ ...tag }));
          return { SnapshotId, OwnerId: item?.accountId, StartTime, Encrypted: false, Tags };
        }),
      };
    },
    DescribeSnapshotAttribute: (input: DescribeSnapshotAttributeCommandInput, caller: Caller) => {
      const { SnapshotId = '' } = input;
      const { permissions } = this.reached(SnapshotId, caller, 'ec2:DescribeSnapshotAttribute');
      return { SnapshotId, CreateVolumePermissions: permissions.map((permission) => ({ ...permission })) };
    },
    GetSnapshotBlockPublicAccessState: (_input: object, caller: Caller) => {
      const accountId = this.checkList(caller, 'ec2:GetSnapshotBlockPublicAccessState');
      return { State: this.blockOf(accountId, caller.region), ManagedBy: 'account' };
    },
    ModifySnapshotAttribute: (input: ModifySnapshotAttributeCommandInput, caller: Caller) => {
      const { SnapshotId = '', Attribute, OperationType, GroupNames, UserIds } = input;
      if (Attribute !== 'createVolumePermission') throw new Error('The in-memory EC2 changes shares alone.');
      this.reached(SnapshotId, caller, 'ec2:ModifySnapshotAttribute');
      const changed = permissionsIn(GroupNames, UserIds);
      if (OperationType === 'add') this.modify(SnapshotId, changed, []);
      else this.modify(SnapshotId, [], changed);
      return {};
    },
  };

  /** Whether EC2 lists it among those that everybody may use: none is under the strictest setting. */
  private isOpen(id: string): boolean {
    const { accountId = '', region = '' } = this.get(id) ?? {};
    return this.isPublic(id) && this.blockOf(accountId, region) !== 'block-all-sharing';
  }
}
