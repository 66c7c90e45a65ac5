import type { LostDecision } from '../../../ledger/cards/card';
import type { Cards } from '../../../ledger/cards/cards';
import type { SlackApi } from '../api';
import { refuseInView } from './in-view';
import { messageOf } from './received';

type Write = (message: string, details: Record<string, unknown>) => void;

/** What telling of a lost decision takes. */
export interface GivingUpParts {
  slack: Pick<SlackApi, 'call'>;
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
    // Nothing was decided in it; that it cannot be filled is told in it.
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

/**
 * Has a view that waits for its content say that it could not be looked up: nobody waits before it for ever, or decides on what he does
 * not see. What comes of another try is shown there. Never throws.
 * @param body of the queue's message
 * @param isLast whether there is no other try
 */
export async function sayUnfilled(
  body: string,
  isLast: boolean,
  parts: Pick<GivingUpParts, 'slack' | 'log'>,
): Promise<void> {
  try {
    const message = messageOf(body);
    if (message.kind !== 'fill') return;
    const next = isLast ? 'Close this, and click again.' : 'It is tried again, and shown here then.';
    await refuseInView(message, `It could not be looked up, so nothing was done. ${next}`, parts);
  } catch (error) {
    parts.log.warn('A view still waits', { error: String(error) });
  }
}
