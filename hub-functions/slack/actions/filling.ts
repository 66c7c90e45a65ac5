import { findingId } from '../../../core/finding';
import { slackIdPrefix } from '../../../core/slack-action';
import type { FillMessage } from '../action-message';
import { type SlackApi, SlackRefusalError } from '../api';
import { formOf, type ModalView, takesForm, waitingList } from '../forms';
import { metadataText } from '../metadata';
import type { ActedCard, ActionCards, CardFace } from './cards';

/** What filling a view takes. */
export interface FillingParts<Card extends ActedCard, Listed> {
  cards: Pick<ActionCards<Card, Listed>, 'read' | 'listed'>;
  face: Pick<CardFace<Card, Listed>, 'list'>;
  slack: Pick<SlackApi, 'call'>;
  now(): Date;
  log: { warn(message: string, details: Record<string, unknown>): void };
}

/**
 * Shows in a view that was opened at once what its action is about: a page of a list, or what goes with a lossy fix. Whoever has closed
 * it meanwhile misses nothing.
 * @throws SlackUnavailableError; AWS's error when the card cannot be read
 */
export async function fillView<Card extends ActedCard, Listed>(
  message: FillMessage,
  parts: FillingParts<Card, Listed>,
): Promise<void> {
  const view = await viewOf(message, parts);
  if (!view) return;
  try {
    await parts.slack.call('views.update', { view_id: message.view, view });
  } catch (error) {
    if (!(error instanceof SlackRefusalError)) throw error;
    parts.log.warn('A view was not filled', { order: message.action.order, code: error.code });
  }
}

async function viewOf<Card extends ActedCard, Listed>(
  { action, card: cardId, channel, responseUrl }: FillMessage,
  { cards, face, now }: FillingParts<Card, Listed>,
): Promise<ModalView | undefined> {
  const place = {
    ...(channel !== undefined && { channel }),
    ...(responseUrl !== undefined && { responseUrl }),
  };
  if (action.order === 'list') {
    const { card, page = 0 } = action;
    const listed = await cards.listed(card, page);
    if (listed === undefined) return waitingList(place, 'There is nothing to show any more.');
    return {
      ...face.list(listed),
      callback_id: `${slackIdPrefix}list`,
      private_metadata: metadataText({ ...place, list: { card, page } }),
    };
  }
  if (!takesForm(action)) return undefined;
  const card = await cards.read(cardId);
  const id = findingId(action.finding, action.occurrence);
  const shown = card?.findings.find((each) => findingId(each.finding, each.occurrence) === id);
  return formOf({ action, card: cardId, place }, now(), shown?.report.plan?.losses ?? []);
}
