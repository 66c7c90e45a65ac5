import * as z from 'zod/mini';
import { slackUserPattern } from '../../../core/actor';
import { parsedJson } from '../../../core/parsed-json';

const id = z.string().check(z.minLength(1), z.maxLength(200));

/** What every payload says of who did something, and of which app: https://docs.slack.dev/reference/interaction-payloads */
const base = {
  api_app_id: id,
  team: z.object({ id }),
  user: z.object({ id: z.string().check(z.regex(slackUserPattern)), team_id: z.optional(id) }),
};

const stateValue = z.object({
  value: z.nullish(z.string()),
  selected_date_time: z.nullish(z.int()),
});

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
const blockActions = z.object({
  ...base,
  type: z.literal('block_actions'),
  trigger_id: z.optional(z.string()),
  response_url: z.optional(z.url()),
  container: z.object({
    message_ts: z.optional(id),
    channel_id: z.optional(id),
    view_id: z.optional(id),
  }),
  view: z.optional(z.object({ private_metadata: z.optional(z.string().check(z.maxLength(3_000))) })),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        action_ts: z.optional(id),
        value: z.optional(z.string()),
      }),
    )
    .check(z.minLength(1), z.maxLength(25)),
});

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
const viewSubmission = z.object({
  ...base,
  type: z.literal('view_submission'),
  view: z.object({
    id,
    callback_id: z.string(),
    private_metadata: z.string().check(z.maxLength(3_000)),
    /** The one below it, which shows again. */
    previous_view_id: z.nullish(id),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), stateValue)) }),
  }),
});

const payloadSchema = z.discriminatedUnion('type', [blockActions, viewSubmission]);

/** Something that somebody did in Slack. */
export type Payload = z.infer<typeof payloadSchema>;
/** A click on a button. */
export type BlockActions = z.infer<typeof blockActions>;
/** A form that was sent off. */
export type ViewSubmission = z.infer<typeof viewSubmission>;

/**
 * Reads the body of a request: a form whose one field, `payload`, is JSON.
 * https://docs.slack.dev/interactivity/handling-user-interaction#payloads
 * @returns undefined for what is not understood; a type that Staunch does nothing about is told by its name. Never throws
 */
export function parsePayload(body: string): Payload | { other: string } | undefined {
  const value = parsedJson(new URLSearchParams(body).get('payload') ?? undefined);
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
  const parsed = payloadSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { type } = value;
  const isOurs = type === 'block_actions' || type === 'view_submission' || typeof type !== 'string';
  return isOurs ? undefined : { other: type.slice(0, 60) };
}
