import type { Card } from '../../../ledger/cards/card';
import type { ListedCards } from '../../../ledger/cards/cards';
import { approvableOn, listDigestOf } from '../../../ledger/cards/list-digest';
import { button } from '../../card/blocks';
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
    listDigest: listDigestOf,
  };
}
