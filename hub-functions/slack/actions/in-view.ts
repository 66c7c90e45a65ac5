import { slackIdPrefix } from '../../../core/slack-action';
import type { ActionMessage } from '../action-message';
import { type SlackApi, SlackRefusalError } from '../api';
import { type ModalView, refusalView, withAnswer } from '../forms';
import { metadataText } from '../metadata';
import type { ActedCard, ActionCards, CardFace } from './cards';
import { aboutText } from './telling';

/** What telling somebody in a view takes. */
export interface InViewParts {
  slack: Pick<SlackApi, 'call'>;
  log: { warn(message: string, details: Record<string, unknown>): void };
}

/** What telling somebody in a list takes. */
export interface InListParts<Card extends ActedCard, Listed> extends InViewParts {
  cards: Pick<ActionCards<Card, Listed>, 'listed'>;
  face: Pick<CardFace<Card, Listed>, 'list'>;
}

/**
 * Tells somebody in the view that lies before him that nothing came of what he did: behind it he would not see it. The view takes
 * nothing any more.
 * @returns whether he sees it there: no, where there is no view, or it was closed
 * @throws SlackUnavailableError; BotTokenError or AWS's error when there is no token
 */
export async function refuseInView(
  message: ActionMessage,
  text: string,
  parts: InViewParts,
): Promise<boolean> {
  const view = viewBefore(message);
  if (view === undefined) return false;
  return await show(view, refusalView(placeOf(message), linesOf(message, text)), parts);
}

/**
 * Answers somebody in the view that lies before him: above the list on which he clicked, and in the place of what waits to be filled.
 * @returns as `refuseInView`
 * @throws as `refuseInView`; AWS's error when the list cannot be read
 */
export async function answerInView<Card extends ActedCard, Listed>(
  message: ActionMessage,
  text: string,
  parts: InListParts<Card, Listed>,
): Promise<boolean> {
  if (message.kind !== 'decide' || !message.listed) return await refuseInView(message, text, parts);
  const { view, card, page } = message.listed;
  const listed = await parts.cards.listed(card, page);
  if (listed === undefined) return await refuseInView(message, text, parts);
  const list = {
    ...parts.face.list(listed),
    callback_id: `${slackIdPrefix}list`,
    private_metadata: metadataText({ ...placeOf(message), list: { card, page } }),
  };
  return await show(view, withAnswer(list, linesOf(message, text)), parts);
}

function viewBefore(message: ActionMessage): string | undefined {
  if (message.kind === 'fill') return message.view;
  return message.kind === 'decide' ? message.listed?.view : undefined;
}

function linesOf({ action }: ActionMessage, text: string): string[] {
  const about = aboutText(action);
  return [text, ...(about === undefined ? [] : [about])];
}

/** Whoever has closed a view meanwhile is told in another way: https://docs.slack.dev/reference/methods/views.update#errors */
async function show(id: string, view: ModalView, { slack, log }: InViewParts): Promise<boolean> {
  try {
    await slack.call('views.update', { view_id: id, view });
    return true;
  } catch (error) {
    if (!(error instanceof SlackRefusalError)) throw error;
    log.warn('An answer is not shown in the view', { code: error.code });
    return false;
  }
}

function placeOf({ channel, responseUrl }: ActionMessage) {
  return { ...(channel !== undefined && { channel }), ...(responseUrl !== undefined && { responseUrl }) };
}
