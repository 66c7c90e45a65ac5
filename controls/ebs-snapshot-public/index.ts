import { type Snapshot, snapshotItems } from '../../resources/ebs-snapshot/model';
import { snapshotWords } from '../../resources/ebs-snapshot/words';
import type { CustomControl } from '../control';
import { shareControl } from '../share-control';
import type { ShareParameters } from '../share-parameters';
import { facts } from './facts';

/** Finds EBS snapshots from which everybody may create volumes, and stops sharing them with everybody. */
export const control: CustomControl<Snapshot, ShareParameters> = shareControl(
  facts,
  snapshotItems,
  snapshotWords,
);
