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

/**
 * An order of a person, which the command line hands to the coordinator in a synchronous invocation. Whoever may invoke
 * the coordinator may give orders: IAM decides, and CloudTrail keeps who it was. `by` is for the ledger and the channel.
 */
export const orderSchema = z.discriminatedUnion('order', [
  z.object({
    version: z.literal(orderVersion),
    order: z.literal('undo'),
    finding: identitySchema,
    /** The occurrence whose fix is to be undone, from 1. */
    occurrence: z.int().check(z.positive()),
    /** Why, for people. */
    reason: sentence,
    /** Until when the resource is not fixed again; ISO 8601. */
    until: z.iso.datetime(),
    /** Who asked: the ARN of the caller, as AWS STS names it. */
    by: z.string().check(z.minLength(1), z.maxLength(300)),
  }),
]);

/** An order, parsed. */
export type Order = z.infer<typeof orderSchema>;
/** An order to undo the fix of one occurrence. */
export type UndoOrder = Extract<Order, { order: 'undo' }>;

/** What the coordinator answers to an order. */
export const orderAnswerSchema = z.object({
  version: z.literal(orderVersion),
  /** Whether what was ordered is so now, also when it was so before. */
  done: z.boolean(),
  /** What came of it, one or two sentences for people. */
  text: z.string(),
  /** What was given back or taken away, one sentence each. */
  changes: z.exactOptional(z.array(z.string())),
  /** For an undo that met a changed resource: what differs from what the fix left behind, one sentence each. */
  differences: z.exactOptional(z.array(z.string())),
  /** AWS's error code, when AWS refused a call. */
  errorCode: z.exactOptional(z.string()),
});

/** What the coordinator answers to an order. */
export type OrderAnswer = z.infer<typeof orderAnswerSchema>;
