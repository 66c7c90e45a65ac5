import * as z from 'zod/mini';
import { slackTeamPattern, slackUserPattern } from '../../core/actor';
import { identitySchema, orderKeyPattern } from '../../core/order-parts';
import { slackActionSchema } from '../../core/slack-action';

const text = z.string();

/** Who did it, as Slack has signed it, and where answers go. */
const shared = {
  version: z.literal(1),
  team: text.check(z.regex(slackTeamPattern)),
  user: text.check(z.regex(slackUserPattern)),
  /** When it was taken; ISO 8601 in UTC with milliseconds. */
  at: z.iso.datetime(),
  action: slackActionSchema,
  /** The card under whose message the button stands. */
  card: text,
  /** The channel of the message; absent for a button of a view. */
  channel: z.exactOptional(text),
  /** Where Slack takes answers to it for half an hour; as good as a password meanwhile. */
  responseUrl: z.exactOptional(z.url()),
};

/** What the front function hands to the actions function. */
export const actionMessageSchema = z.discriminatedUnion('kind', [
  z.object({
    ...shared,
    kind: z.literal('decide'),
    /** Of the order: the same for every delivery of one click or one form. */
    key: text.check(z.regex(orderKeyPattern)),
    reason: z.exactOptional(text),
    /** ISO 8601. */
    until: z.exactOptional(text),
    /** The page of a list in a view in which the button stands. */
    listed: z.exactOptional(z.object({ view: text, card: text, page: z.int() })),
  }),
  /** Findings that were approved together, each with the plan that was shown: what `approve-all` stands for. */
  z.object({
    ...shared,
    kind: z.literal('approve-each'),
    /** Of which the keys of the orders are made. */
    key: text.check(z.regex(orderKeyPattern)),
    findings: z.array(
      z.object({ finding: identitySchema, occurrence: z.int().check(z.positive()), plan: text }),
    ),
  }),
  /** A view that was opened at once is to show what its action is about. */
  z.object({ ...shared, kind: z.literal('fill'), view: text }),
]);

/** What somebody did in Slack, verified. */
export type ActionMessage = z.infer<typeof actionMessageSchema>;
/** Something that somebody decided. */
export type DecideMessage = Extract<ActionMessage, { kind: 'decide' }>;
/** Findings that somebody approved together. */
export type ApproveEachMessage = Extract<ActionMessage, { kind: 'approve-each' }>;
/** A view that waits for its content. */
export type FillMessage = Extract<ActionMessage, { kind: 'fill' }>;
