import type { Authorization } from '../authorization';
import type { Commands } from '../commands';
import { Snapshots } from './snapshots';

/** RDS in memory: manual snapshots of instances and of clusters. */
export class Rds {
  readonly snapshots: Snapshots;
  readonly clusterSnapshots: Snapshots;
  /** What a client of RDS sends. */
  readonly commands: Commands;

  constructor(authorization: Authorization) {
    this.snapshots = new Snapshots(
      { noun: 'snapshot', prefix: 'DBSnapshot', encrypted: 'Encrypted', missing: 'DBSnapshotNotFoundFault' },
      authorization,
    );
    this.clusterSnapshots = new Snapshots(
      {
        noun: 'cluster-snapshot',
        prefix: 'DBClusterSnapshot',
        encrypted: 'StorageEncrypted',
        missing: 'DBClusterSnapshotNotFoundFault',
      },
      authorization,
    );
    this.commands = { ...this.snapshots.commands, ...this.clusterSnapshots.commands };
  }
}
