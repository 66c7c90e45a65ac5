import { RDSClient, type RDSClientConfig } from '@aws-sdk/client-rds';
import type { Adapter } from '../kit/live-resource';
import { shareAdapter } from '../kit/share-list/adapter';
import { readSnapshot } from '../kit/share-list/rds/read';
import { snapshotShareCalls } from '../kit/share-list/rds/snapshot-calls';
import { rdsClusterSnapshotApi } from './calls';
import { type RdsClusterSnapshot, rdsClusterSnapshotFromApi } from './model';
import { rdsClusterSnapshotNames } from './names';
import { rdsClusterSnapshotWords } from './words';

/**
 * Reads and changes RDS cluster snapshots.
 * @param overrides of the RDS client's configuration
 */
export function rdsClusterSnapshotAdapter(overrides: RDSClientConfig = {}): Adapter<RdsClusterSnapshot> {
  return shareAdapter({
    resourceType: 'AWS::RDS::DBClusterSnapshot',
    words: rdsClusterSnapshotWords,
    makeClient: (configuration) => new RDSClient({ ...configuration, ...overrides }),
    read: (access) => readSnapshot(rdsClusterSnapshotApi, rdsClusterSnapshotNames, access),
    fromSaved: rdsClusterSnapshotFromApi,
    calls: (access) => snapshotShareCalls(rdsClusterSnapshotApi, rdsClusterSnapshotNames, access),
  });
}

/** The name by which the type's remediation function finds it. */
export { rdsClusterSnapshotAdapter as adapter };
