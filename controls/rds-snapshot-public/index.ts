import { isForEverybody } from '../../resources/kit/share-list/rds/plain-item';
import { type RdsSnapshot, rdsSnapshotItems } from '../../resources/rds-snapshot/model';
import { rdsSnapshotNames } from '../../resources/rds-snapshot/names';
import { rdsSnapshotWords } from '../../resources/rds-snapshot/words';
import type { CustomControl } from '../control';
import { shareControl } from '../share-control';
import type { ShareParameters } from '../share-parameters';
import { facts } from './facts';

/** Finds RDS snapshots from which everybody may restore a database, and stops sharing them with everybody. */
export const control: CustomControl<RdsSnapshot, ShareParameters> = shareControl(
  facts,
  rdsSnapshotItems,
  rdsSnapshotWords,
  (item) => isForEverybody(item, rdsSnapshotNames),
);
