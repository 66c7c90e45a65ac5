import type { RDSClient, Tag } from '@aws-sdk/client-rds';
import type { ShareAccess, ShareReads } from '../adapter';

/** What RDS tells of a snapshot beside its attributes. */
export interface DescribedSnapshot {
  id?: string | undefined;
  arn?: string | undefined;
  createdAt?: Date | undefined;
  isEncrypted?: boolean | undefined;
  tags?: readonly Tag[] | undefined;
}

/** An attribute, as RDS answers it. */
export interface SnapshotAttribute {
  AttributeName?: string | undefined;
  AttributeValues?: string[] | undefined;
}

/** What a call changes of the share list. */
export interface SnapshotShareChange {
  ValuesToAdd?: string[];
  ValuesToRemove?: string[];
}

/** One snapshot, and a session's client. */
export type SnapshotReads = ShareReads<RDSClient> & Pick<ShareAccess<RDSClient>, 'id'>;

/** RDS's calls of one kind of snapshots. */
export interface SnapshotApi {
  /** The codes by which RDS says that there is no such snapshot. */
  missing: readonly string[];
  /** Answers none, or throws one of `missing`, where there is no such snapshot. */
  describe(reads: SnapshotReads): Promise<DescribedSnapshot[]>;
  /** A page of the account's manual snapshots: no others can be shared. */
  page(
    reads: ShareReads<RDSClient>,
    marker: string | undefined,
  ): Promise<{ snapshots: DescribedSnapshot[]; next?: string }>;
  attributes(reads: SnapshotReads): Promise<SnapshotAttribute[]>;
  modify(reads: SnapshotReads, change: SnapshotShareChange): Promise<void>;
}

/** From 20 to 100: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBSnapshots.html */
export const snapshotsInPage = 100;
