import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import type { Adapter } from '../kit/live-resource';
import { shareAdapter } from '../kit/share-list/adapter';
import { snapshotShareCalls } from './calls';
import { type Snapshot, snapshotFromApi } from './model';
import { readSnapshot } from './read';
import { snapshotWords } from './words';

/**
 * Reads and changes EBS snapshots.
 * @param overrides of the EC2 client's configuration
 */
export function snapshotAdapter(overrides: EC2ClientConfig = {}): Adapter<Snapshot> {
  return shareAdapter({
    resourceType: 'AWS::EC2::Snapshot',
    words: snapshotWords,
    makeClient: (configuration) => new EC2Client({ ...configuration, ...overrides }),
    read: readSnapshot,
    fromSaved: snapshotFromApi,
    calls: snapshotShareCalls,
  });
}

/** The name by which the type's remediation function finds it. */
export { snapshotAdapter as adapter };
