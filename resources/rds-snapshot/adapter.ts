import { RDSClient, type RDSClientConfig } from '@aws-sdk/client-rds';
import type { Adapter } from '../kit/live-resource';
import { shareAdapter } from '../kit/share-list/adapter';
import { readSnapshot } from '../kit/share-list/rds/read';
import { snapshotShareCalls } from '../kit/share-list/rds/snapshot-calls';
import { rdsSnapshotApi } from './calls';
import { type RdsSnapshot, rdsSnapshotFromApi } from './model';
import { rdsSnapshotNames } from './names';
import { rdsSnapshotWords } from './words';

/**
 * Reads and changes RDS snapshots.
 * @param overrides of the RDS client's configuration
 */
export function rdsSnapshotAdapter(overrides: RDSClientConfig = {}): Adapter<RdsSnapshot> {
  return shareAdapter({
    resourceType: 'AWS::RDS::DBSnapshot',
    words: rdsSnapshotWords,
    makeClient: (configuration) => new RDSClient({ ...configuration, ...overrides }),
    read: (access) => readSnapshot(rdsSnapshotApi, rdsSnapshotNames, access),
    fromSaved: rdsSnapshotFromApi,
    calls: (access) => snapshotShareCalls(rdsSnapshotApi, rdsSnapshotNames, access),
  });
}

/** The name by which the type's remediation function finds it. */
export { rdsSnapshotAdapter as adapter };
