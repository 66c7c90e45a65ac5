import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { S3ControlClient, type S3ControlClientConfig } from '@aws-sdk/client-s3-control';
import { clientConfiguration } from '../kit/client-configuration';
import { type Adapter, settlesInSeconds } from '../kit/live-resource';
import { applyToBucket } from './apply';
import type { BucketAccess } from './calls';
import { completeBucket } from './complete';
import type { Bucket } from './model';
import { readBucket, readBucketIfStill, readWrittenParts } from './read';
import { applyUndoToBucket } from './restore';
import { planUndo } from './undo';

/**
 * Reads and changes buckets. One that lies in another Region than the finding says is not followed there.
 * @param overrides of the clients' configuration
 */
export function bucketAdapter(
  overrides: { s3?: S3ClientConfig; s3Control?: S3ControlClientConfig } = {},
): Adapter<Bucket> {
  return {
    resourceType: 'AWS::S3::Bucket',
    planUndo,
    open({ finding, credentials, signal, mayWrite }) {
      const configuration = clientConfiguration(finding.region, credentials);
      const access: BucketAccess = {
        s3: new S3Client({ ...configuration, ...overrides.s3 }),
        s3Control: new S3ControlClient({ ...configuration, ...overrides.s3Control }),
        name: finding.resourceId,
        accountId: finding.accountId,
        signal,
        mayWrite,
      };
      return {
        // In no time that AWS names: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel
        settling: settlesInSeconds,
        read: () => readBucket(access),
        readIfStill: (before, plan) => readBucketIfStill(access, before, plan),
        readWritten: (before) => readWrittenParts(access, before),
        apply: (plan, reading, onApplied) => applyToBucket(access, plan, reading.resource, onApplied),
        complete: (step, onApplied) => completeBucket(access, step, onApplied),
        applyUndo: (changes, onApplied) => applyUndoToBucket(access, changes, onApplied),
        close() {
          access.s3.destroy();
          access.s3Control.destroy();
        },
      };
    },
  };
}

/** The name by which the type's remediation function finds it. */
export { bucketAdapter as adapter };
