import type { HandedOverForms } from '../kit/resource-type';
import { type Snapshot, snapshotFromApi } from './model';

/** How snapshots are handed over: DescribeSnapshotAttribute's answers. AWS Config has no rows of them. */
export const snapshotForms: HandedOverForms<Snapshot> = {
  fromApi: snapshotFromApi,
  apiId: ({ SnapshotId }) => SnapshotId,
  isApiAnswer: ({ CreateVolumePermissions }) => Array.isArray(CreateVolumePermissions),
  fits: () => false,
  idIn: ({ SnapshotId }) => SnapshotId,
  withId: (fields) => fields,
};
