import { holderUndo } from '../kit/policy/holder/undo';
import type { PlanUndo } from '../kit/undo';
import { secretKind } from './kind';

/** Plans how a secret's policy gets back what a fix took. Secrets Manager tells when a secret was made. */
export const planUndo: PlanUndo = holderUndo(secretKind);
