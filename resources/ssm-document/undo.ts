import { isShareRestoration } from '../kit/share-list/changes';
import { planShareUndo } from '../kit/share-list/undo';
import type { PlanUndo } from '../kit/undo';
import { documentFromApi } from './model';
import { documentWords } from './words';

const planUndoOfShares = planShareUndo(documentFromApi, documentWords);

/**
 * Plans how a document's share list gets back whom a fix took. AWS shares a document with everybody or with accounts, and never both, so
 * that giving one back would take the others who came since:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html
 */
export const planUndo: PlanUndo = (history, state) => {
  const planned = planUndoOfShares(history, state);
  if (planned.kind !== 'undo') return planned;
  const { everybody, accounts } = documentFromApi(state).share;
  const restored = planned.changes.filter(isShareRestoration);
  const givesToAll = restored.some((change) => 'group' in change);
  if (givesToAll && accounts.length > 0) {
    return {
      kind: 'changed',
      differences: [
        'The document was shared with accounts since the fix, and AWS does not share one with both.',
      ],
    };
  }
  if (!givesToAll && restored.length > 0 && everybody) {
    return {
      kind: 'changed',
      differences: [
        'The document was shared with everybody since the fix, and AWS does not share one with both.',
      ],
    };
  }
  return planned;
};
