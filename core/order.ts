import * as z from 'zod/mini';
import { accountIdPattern, type FindingIdentity, regionPattern } from './finding';

/** Version of the orders that this code gives and takes. */
export const orderVersion = 1;

const sentence = z.string().check(z.trim(), z.minLength(1), z.maxLength(500));

const identitySchema = z.object({
  accountId: z.string().check(z.regex(accountIdPattern)),
  region: z.string().check(z.regex(regionPattern)),
  control: z.string().check(z.minLength(1), z.maxLength(128)),
  resourceType: z.string().check(z.minLength(1), z.maxLength(128)),
  resourceId: z.string().check(z.minLength(1), z.maxLength(256)),
}) satisfies z.ZodMiniType<FindingIdentity>;

/** Who asked: the ARN of the caller, as AWS STS names it. */
const by = z.string().check(z.minLength(1), z.maxLength(300));
const version = z.literal(orderVersion);
/** One occurrence of a finding. */
const occurrence = { finding: identitySchema, occurrence: z.int().check(z.positive()) };
/** What is stopped: `organization`, an account's id, or the id of an organizational unit or of the root. */
const scope = z
  .string()
  .check(z.regex(/^(organization|\d{12}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/));

/**
 * An order of a person, which the command line hands to the coordinator in a synchronous invocation. Whoever may invoke
 * the coordinator may give orders: IAM decides, and CloudTrail keeps who it was. `by` is for the ledger and the channel.
 *
 * - `undo`: give back what a fix took, and exempt the resource until `until` (ISO 8601).
 * - `approve`, `deny`: decide on a finding whose fix was not made yet; the last decision counts. `plan` is the digest of the plan
 *   that was shown: see `planDigest`.
 * - `retry`: look now at a finding that failed, was given up or is held.
 * - `pause`, `resume`: the stop switch. A pause with `until` (ISO 8601) ends by itself then.
 * - `policy`: tell the policy that is deployed.
 */
export const orderSchema = z.discriminatedUnion('order', [
  z.object({
    version,
    order: z.literal('undo'),
    ...occurrence,
    reason: sentence,
    until: z.iso.datetime(),
    by,
  }),
  z.object({ version, order: z.literal('approve'), ...occurrence, plan: z.string(), by }),
  z.object({ version, order: z.literal('deny'), ...occurrence, plan: z.string(), reason: sentence, by }),
  z.object({ version, order: z.literal('retry'), ...occurrence, by }),
  z.object({
    version,
    order: z.literal('pause'),
    scope,
    reason: sentence,
    until: z.exactOptional(z.iso.datetime()),
    by,
  }),
  z.object({ version, order: z.literal('resume'), scope, by }),
  z.object({ version, order: z.literal('policy') }),
]);

/** An order, parsed. */
export type Order = z.infer<typeof orderSchema>;
/** An order of one kind. */
export type OrderOf<Kind extends Order['order']> = Extract<Order, { order: Kind }>;
/** An order to undo the fix of one occurrence. */
export type UndoOrder = OrderOf<'undo'>;

/** What the coordinator answers to an order. */
export const orderAnswerSchema = z.object({
  version: z.literal(orderVersion),
  /** Whether what was ordered is so now, also when it was so before. */
  done: z.boolean(),
  /** What came of it, one or two sentences for people. */
  text: z.string(),
  /** What was given back or taken away, one sentence each. */
  changes: z.exactOptional(z.array(z.string())),
  /** For `policy`: the compiled policy, as JSON text. */
  policy: z.exactOptional(z.string()),
  /** For an undo that met a changed resource: what differs from what the fix left behind, one sentence each. */
  differences: z.exactOptional(z.array(z.string())),
  /** AWS's error code, when AWS refused a call. */
  errorCode: z.exactOptional(z.string()),
});

/** What the coordinator answers to an order. */
export type OrderAnswer = z.infer<typeof orderAnswerSchema>;
