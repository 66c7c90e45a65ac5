import { holderUndo } from '../kit/policy/holder/undo';
import type { PlanUndo } from '../kit/undo';
import { keyKind } from './kind';

/** Plans how a key's policy gets back what a fix took. No two keys of a Region ever have the same id. */
export const planUndo: PlanUndo = holderUndo(keyKind);
