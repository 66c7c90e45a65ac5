import * as z from 'zod/mini';
import { type SlackAction, slackActionSchema } from './slack-action';

/** `detail-type` of a notice on the hub's bus. */
export const noticeDetailType = 'Staunch Notice';

/** How long the title of a notice may be; characters. Slack's limit for a header. */
export const longestTitle = 150;
/** How long the text of a notice may be; characters. */
export const longestNotice = 2_000;

/** So many buttons a notice may have. */
export const mostNoticeActions = 20;
/** So many lines a notice may have, and how long each may be; characters. */
export const mostNoticeLines = 60;
export const longestNoticeLine = 300;
/** Buttons of so many subjects a notice may take away. */
export const mostNoticeEnds = 120;

/**
 * Something that people should hear of, and that is about no single finding: somebody stopped Staunch, a limit is reached,
 * an exemption ends.
 */
export const noticeSchema = z.object({
  version: z.literal(1),
  /** The same for every delivery of the same notice, so that a reader can drop repetitions. */
  noticeId: z.string().check(z.minLength(1), z.maxLength(300)),
  /** A few words. */
  title: z.string().check(z.minLength(1), z.maxLength(longestTitle)),
  /** One or two sentences for people, without markup. May hold a person's text: escape it where it is shown. */
  text: z.string().check(z.minLength(1), z.maxLength(longestNotice)),
  /** `summary` for the summary of a day. */
  kind: z.exactOptional(z.literal('summary')),
  /** What follows the text as a list, a sentence or less each. May hold a person's text. */
  lines: z.exactOptional(
    z
      .array(z.string().check(z.minLength(1), z.maxLength(longestNoticeLine)))
      .check(z.maxLength(mostNoticeLines)),
  ),
  /** What can be decided with a button, beside what the text says of the command. */
  actions: z.exactOptional(z.array(slackActionSchema).check(z.maxLength(mostNoticeActions))),
  /** What earlier notices ask for with a button, and is of no use from now on, as `noticeSubject` names it. */
  ends: z.exactOptional(
    z.array(z.string().check(z.minLength(1), z.maxLength(200))).check(z.maxLength(mostNoticeEnds)),
  ),
  /** ISO 8601. */
  at: z.iso.datetime(),
});

/** What a notice asks for with a button: the same in every notice that asks for the same. */
export function noticeSubject(action: SlackAction): string {
  switch (action.order) {
    case 'thaw':
      return `thaw ${action.scope}`;
    case 'agree':
      return `agree ${action.proposal}`;
    default:
      return action.order;
  }
}

/** A notice, parsed. */
export type Notice = z.infer<typeof noticeSchema>;
