import { holderUndo } from '../kit/policy/holder/undo';
import type { PlanUndo } from '../kit/undo';
import { topicKind } from './kind';

/**
 * Plans how a topic's policy gets back what a fix took. SNS does not tell when a topic was made: an undo goes by what the topic looks
 * like, and its policy has to be exactly as the fix left it.
 */
export const planUndo: PlanUndo = holderUndo(topicKind);
