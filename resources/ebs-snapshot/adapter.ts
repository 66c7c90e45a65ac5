import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import { clientConfiguration } from '../kit/client-configuration';
import { type Adapter, settlesInSeconds } from '../kit/live-resource';
import { applyShareRemovals } from '../kit/share-list/apply';
import { restoreShares } from '../kit/share-list/restore';
import { snapshotShareCalls } from './calls';
import type { Snapshot } from './model';
import { readSnapshot } from './read';
import { planUndo } from './undo';
import { snapshotWords } from './words';

/**
 * Reads and changes EBS snapshots.
 * @param overrides of the EC2 client's configuration
 */
export function snapshotAdapter(overrides: EC2ClientConfig = {}): Adapter<Snapshot> {
  return {
    resourceType: 'AWS::EC2::Snapshot',
    planUndo,
    open({ finding, credentials, signal, mayWrite }) {
      const client = new EC2Client({ ...clientConfiguration(finding.region, credentials), ...overrides });
      const access = { client, snapshotId: finding.resourceId, signal, mayWrite };
      const calls = snapshotShareCalls(access);
      return {
        settling: settlesInSeconds,
        read: () => readSnapshot(access),
        apply: (plan, _reading, onApplied) => applyShareRemovals(calls, snapshotWords, plan, onApplied),
        applyUndo: (changes, onApplied) => restoreShares(calls, snapshotWords, changes, onApplied),
        close: () => client.destroy(),
      };
    },
  };
}

/** The name by which the type's remediation function finds it. */
export { snapshotAdapter as adapter };
