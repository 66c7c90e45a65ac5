import * as z from 'zod/mini';
import { listDigestPattern } from './frozen-list';
import { identitySchema, scopeSchema, wellFormed } from './order-parts';
import { parsedJson } from './parsed-json';

/**
 * The longest value that a button carries, in characters:
 * https://docs.slack.dev/reference/block-kit/block-elements/button-element/
 */
export const longestActionValue = 2_000;

/** How the ids of Staunch's blocks and actions begin. */
export const slackIdPrefix = 'staunch:';

const cardId = z.string().check(z.minLength(1), z.maxLength(200), wellFormed);
const list = z.string().check(z.regex(listDigestPattern));
const occurrence = { finding: identitySchema, occurrence: z.int().check(z.positive()) };
const plan = z.string().check(z.maxLength(128), wellFormed);

const schema = z.discriminatedUnion('order', [
  /**
   * `plan`: `planDigest` of the plan that was shown. `lossy`: it takes something harmless along, so that it is asked once more.
   * `overrules`: the message showed that it was denied. `breakGlass`: who clicks may approve it as break-glass alone, so that he is asked
   * why; it allows nothing.
   */
  z.object({
    order: z.literal('approve'),
    ...occurrence,
    plan,
    lossy: z.exactOptional(z.literal(true)),
    overrules: z.exactOptional(z.literal(true)),
    breakGlass: z.exactOptional(z.literal(true)),
  }),
  z.object({ order: z.literal('deny'), ...occurrence, plan, lossy: z.exactOptional(z.literal(true)) }),
  z.object({ order: z.literal('undo'), ...occurrence }),
  z.object({ order: z.literal('exempt'), ...occurrence }),
  z.object({ order: z.literal('retry'), ...occurrence }),
  /** All that the card shows: `list` is the digest over its findings and plans. */
  z.object({ order: z.literal('approve-all'), card: cardId, list }),
  z.object({ order: z.literal('thaw'), scope: scopeSchema, list }),
  /** As the second person: `proposal` is the subject of the proposal, as `subjectDigest` gives it. */
  z.object({ order: z.literal('agree'), proposal: z.string().check(z.regex(/^[0-9a-f]{64}$/)) }),
  /** Shows what a digest stands for. */
  z.object({
    order: z.literal('list'),
    card: cardId,
    page: z.exactOptional(z.int().check(z.nonnegative(), z.maximum(10_000))),
  }),
]);

/**
 * What somebody decides with a button: an order without version and key. People add in a form what else it takes: a reason, an end. What
 * a button carries comes back signed by Slack, and is all the same no more than a claim: the door asks the policy, and the coordinator
 * looks at the finding.
 */
export type SlackAction = z.infer<typeof schema>;
/** The actions that are about one finding. */
export type FindingAction = Extract<SlackAction, { finding: object }>;

/** An action's schema, for whoever keeps one. */
export const slackActionSchema = schema;

/**
 * What a button carries as its `value`.
 * @param card the card under which the button stands
 * @throws RangeError when it is longer than Slack takes
 */
export function actionValue(action: SlackAction, card: string): string {
  const value = JSON.stringify({ ...action, card });
  if (value.length <= longestActionValue) return value;
  throw new RangeError(
    `A button carries ${longestActionValue} characters at most: ${action.order} has ${value.length}.`,
  );
}

/** Reads what a button carried. Never throws. @returns undefined for what is none of Staunch's */
export function parseActionValue(text: unknown): (SlackAction & { card: string }) | undefined {
  if (typeof text !== 'string' || text.length > longestActionValue) return undefined;
  const value = parsedJson(text);
  const action = schema.safeParse(value);
  if (!action.success || typeof value !== 'object' || value === null || !('card' in value)) return undefined;
  const card = cardId.safeParse(value.card);
  return card.success ? { ...action.data, card: card.data } : undefined;
}

/**
 * A button's `action_id`, which may stand in one block once: `staunch:approve`.
 * @param index where there are several buttons of one kind: `staunch:approve:3`
 */
export function actionIdOf({ order }: Pick<SlackAction, 'order'>, index?: number): string {
  return `${slackIdPrefix}${order}${index === undefined ? '' : `:${index}`}`;
}
