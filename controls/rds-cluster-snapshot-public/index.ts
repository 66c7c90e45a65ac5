import { isForEverybody } from '../../resources/kit/share-list/rds/plain-item';
import { type RdsClusterSnapshot, rdsClusterSnapshotItems } from '../../resources/rds-cluster-snapshot/model';
import { rdsClusterSnapshotNames } from '../../resources/rds-cluster-snapshot/names';
import { rdsClusterSnapshotWords } from '../../resources/rds-cluster-snapshot/words';
import type { CustomControl } from '../control';
import { shareControl } from '../share-control';
import type { ShareParameters } from '../share-parameters';
import { facts } from './facts';

/** Finds RDS cluster snapshots from which everybody may restore a database, and stops sharing them with everybody. */
export const control: CustomControl<RdsClusterSnapshot, ShareParameters> = shareControl(
  facts,
  rdsClusterSnapshotItems,
  rdsClusterSnapshotWords,
  (item) => isForEverybody(item, rdsClusterSnapshotNames),
);
