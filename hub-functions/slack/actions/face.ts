import { findingId } from '../../../core/finding';
import type { FindingAction } from '../../../core/slack-action';
import type { Card } from '../../../ledger/cards/card';
import type { ListedCards } from '../../../ledger/cards/cards';
import { approvableOn, listDigestOf } from '../../../ledger/cards/list-digest';
import { button } from '../../card/blocks';
import { actionsOn } from '../../card/buttons';
import type { CardFacts } from '../../card/facts';
import { renderCard } from '../../card/render-card';
import { renderList } from '../../card/render-list';
import type { CardFace } from './cards';

/** What cards look like to people who decide. @param titleOf the title of a control by its id */
export function faceOf(titleOf: CardFacts['titleOf'], now: () => Date): CardFace<Card, ListedCards> {
  const facts = (): CardFacts => ({ titleOf, hasButtons: true, now: now() });
  return {
    message: (card) => renderCard(card, facts()),
    list: (listed) => renderList(listed, facts()) as ReturnType<CardFace<Card, ListedCards>['list']>,
    button: (action, card) => button(action, card),
    approvable: approvableOn,
    offers: (card, action) => card.findings.some((shown) => actionsOn(shown, now()).some(sameAs(action))),
    listDigest: listDigestOf,
  };
}

/** Whether a button is the one that was clicked; that somebody is asked why makes it no other one. */
function sameAs(clicked: FindingAction): (offered: FindingAction) => boolean {
  const name = nameOf(clicked);
  return (offered) => nameOf(offered) === name;
}

function nameOf(action: FindingAction): string {
  const { order, finding, occurrence } = action;
  const plan = 'plan' in action ? action.plan : '';
  const overrules = order === 'approve' && action.overrules === true;
  return JSON.stringify([order, findingId(finding, occurrence), plan, overrules]);
}
