import { actorText, type SlackActor } from '../../../core/actor';
import type { SlackAction } from '../../../core/slack-action';
import type { OrderRuling } from '../../../decision/people';
import type { DecideMessage } from '../action-message';
import type { CardFace } from './cards';
import { type TellingParts, tell } from './telling';

/** What asking takes. */
export interface AskingParts extends TellingParts {
  face: Pick<CardFace, 'button'>;
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
export async function askWhy(
  message: DecideMessage,
  action: Extract<SlackAction, { order: 'approve' }>,
  actor: SlackActor,
  parts: AskingParts,
): Promise<void> {
  const button = parts.face.button({ ...action, breakGlass: true }, message.card);
  const how = button ? '' : ' Its name is too long for a form: give the order by the command line.';
  const text = `${actorText(actor)} may approve this by break-glass alone, which takes a reason that everybody is told. Nothing was done yet.${how}`;
  parts.log.info('Asked somebody why', { user: message.user, action });
  await tell(message, { text, ...(button && { buttons: [button] }) }, parts);
}
