import { planShareUndo } from '../kit/share-list/undo';
import { snapshotFromApi } from './model';
import { snapshotWords } from './words';

/** Plans how a snapshot's share list gets back whom a fix took. */
export const planUndo = planShareUndo(snapshotFromApi, snapshotWords);
