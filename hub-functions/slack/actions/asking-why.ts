import { actorText, type SlackActor } from '../../../core/actor';
import type { SlackAction } from '../../../core/slack-action';
import type { OrderRuling } from '../../../decision/people';
import type { DecideMessage } from '../action-message';
import type { ActedCard, CardFace } from './cards';
import { answerInView, type InListParts } from './in-view';
import { type TellingParts, tell } from './telling';

/** What asking takes. */
export interface AskingParts<Card extends ActedCard, Listed>
  extends TellingParts,
    Omit<InListParts<Card, Listed>, 'slack'> {
  face: Pick<CardFace<Card, Listed>, 'button' | 'list'>;
  log: Record<'info' | 'warn', (message: string, details: Record<string, unknown>) => void>;
}

/** Whether somebody may give an order with a reason alone. */
export function needsReason(ruling: OrderRuling | undefined): boolean {
  return ruling?.allowed === false && ruling.needsReason === true;
}

/**
 * Asks somebody why, who may approve something as break-glass alone: by a button, since a form can be opened at a click alone, and only
 * here it is known that he has to be asked.
 * @throws as `tell`
 */
export async function askWhy<Card extends ActedCard, Listed>(
  message: DecideMessage,
  action: Extract<SlackAction, { order: 'approve' }>,
  actor: SlackActor,
  parts: AskingParts<Card, Listed>,
): Promise<void> {
  const button = parts.face.button({ ...action, breakGlass: true }, message.card);
  const how = button ? '' : ' Its name is too long for a form: give the order by the command line.';
  const text = `${actorText(actor)} may approve this by break-glass alone, which takes a reason that everybody is told. Nothing was done yet.${how}`;
  parts.log.info('Asked somebody why', { user: message.user, action });
  await tell(message, { text, ...(button && { buttons: [button] }) }, parts);
  // A button of his own finds room in the channel alone: where it was shown is where it is taken away.
  await answerInView(message, 'Nothing was done yet: close this list, and read in the channel why.', parts);
}
