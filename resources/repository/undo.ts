import { holderUndo } from '../kit/policy/holder/undo';
import type { PlanUndo } from '../kit/undo';
import { repositoryKind } from './kind';

/** Plans how a repository's policy gets back what a fix took. ECR tells when a repository was made. */
export const planUndo: PlanUndo = holderUndo(repositoryKind);
