import * as z from 'zod/mini';
import { parsedJson } from '../../core/parsed-json';
import { actionValue, parseActionValue, type SlackAction } from '../../core/slack-action';

/** What a view remembers, in characters: https://docs.slack.dev/reference/views/modal-views */
const longest = 3_000;

const placeSchema = z.object({
  /** The channel of the message from which the view was opened. */
  channel: z.exactOptional(z.string()),
  /** Where Slack takes answers to the click that opened it. */
  responseUrl: z.exactOptional(z.url()),
  /** The page of the list that the view shows, or on which the form lies. */
  list: z.exactOptional(z.object({ card: z.string(), page: z.int() })),
});

/** Where a view was opened from. */
export type ViewPlace = z.infer<typeof placeSchema>;

/** What a form is about, and where it was opened from. */
export interface FormMetadata {
  action: SlackAction;
  card: string;
  place: ViewPlace;
}

/** What a view remembers, as text. Where there is no room for it, answers go to the channel by another way. */
export function metadataText(place: ViewPlace, about?: { action: SlackAction; card: string }): string {
  const value = about && { value: actionValue(about.action, about.card) };
  const whole = JSON.stringify({ ...place, ...value });
  if (whole.length <= longest) return whole;
  const { responseUrl: _responseUrl, ...rest } = place;
  return JSON.stringify({ ...rest, ...value });
}

/** Where a view was opened from; nothing where it does not say. Never throws. */
export function placeIn(metadata: string | undefined): ViewPlace {
  const parsed = placeSchema.safeParse(parsedJson(metadata));
  return parsed.success ? parsed.data : {};
}

/** Reads what a form remembers. Never throws. @returns undefined for what is none of Staunch's */
export function formMetadata(metadata: string): FormMetadata | undefined {
  const value = parsedJson(metadata);
  if (typeof value !== 'object' || value === null || !('value' in value)) return undefined;
  const said = parseActionValue(value.value);
  return said && { ...apart(said), place: placeIn(metadata) };
}

/** What a button carries, and the card that it stands on; a list and `approve-all` are about a card themselves. */
export function apart(said: SlackAction & { card: string }): { action: SlackAction; card: string } {
  const { card } = said;
  if (said.order === 'approve-all' || said.order === 'list') return { action: said, card };
  const { card: _card, ...action } = said;
  return { action: action as SlackAction, card };
}
