import type { LostDecision } from '../../../ledger/cards/card';
import type { Cards } from '../../../ledger/cards/cards';
import { messageOf } from './received';

type Write = (message: string, details: Record<string, unknown>) => void;

/** What telling of a lost decision takes. */
export interface GivingUpParts {
  cards: Pick<Cards, 'lost'>;
  /** Wakes the poster of a channel. */
  hint(channel: string): Promise<void>;
  log: { info: Write; warn: Write };
}

/**
 * Has the thread told, and with it who clicked, that what he decided was not done and is tried no more: it becomes a dead letter. It is
 * told in the channel, for by then nobody sees what is shown to one person alone. Never throws: the dead letter has an alarm.
 * @param body of the queue's message
 */
export async function giveUp(body: string, { cards, hint, log }: GivingUpParts): Promise<void> {
  try {
    const message = messageOf(body);
    // Whoever waited for a view has closed it long ago.
    if (message.kind === 'fill') return;
    const { key, user, at, action } = message;
    const lost: LostDecision = { id: key, what: action.order, user, at };
    const card = await cards.lost(message.card, lost);
    log.info('Told that a decision was not done', {
      key,
      user,
      card: message.card,
      isTold: card !== undefined,
    });
    if (card) await hint(card.channel);
  } catch (error) {
    log.warn('Nobody was told that a decision was not done', { error: String(error) });
  }
}
