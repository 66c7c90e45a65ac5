import { holderUndo } from '../kit/policy/holder/undo';
import type { PlanUndo } from '../kit/undo';
import { queueKind } from './kind';

/** Plans how a queue's policy gets back what a fix took. SQS tells when a queue was made. */
export const planUndo: PlanUndo = holderUndo(queueKind);
