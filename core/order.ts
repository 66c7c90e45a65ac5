import * as z from 'zod/mini';
import { accountIdPattern } from './finding';
import { listDigestPattern } from './frozen-list';
import { identitySchema, keyOfFinding, orderKeyPattern, scopeSchema, wellFormed } from './order-parts';
import { rights } from './right';

export { orderKeyPattern };

/** Version of the orders that this code gives and takes. */
export const orderVersion = 2;

/** So many fixes fit into the one item of the ledger that counts them. */
export const mostFixesPerHour = 5_000;

const sentence = z.string().check(z.trim(), z.minLength(1), z.maxLength(500), wellFormed);
const accountId = z.string().check(z.regex(accountIdPattern));

const shared = {
  version: z.literal(orderVersion),
  /** The same for every repetition of one order, and another for every other order. */
  key: z.string().check(z.regex(orderKeyPattern)),
};
const occurrenceNumber = z.int().check(z.positive());
/** One occurrence of a finding. */
const occurrence = { finding: identitySchema, occurrence: occurrenceNumber };
const until = z.iso.datetime().check(z.maxLength(40));
/**
 * What somebody sends to `POST /orders`. Who it is comes with the signature of the request, and never from here: a `by` that a client
 * claims is no part of it.
 *
 * - `undo`: give back what a fix took, and exempt the resource until `until` (ISO 8601).
 * - `exempt`: leave the resource as it is until then.
 * - `approve`, `deny`: decide on a finding whose fix was not made yet; the last decision counts. `plan` is the digest of the plan
 *   that was shown: see `planDigest`. Whoever approves as break-glass says why. `unlessDecided`: only where nobody has decided on that
 *   plan otherwise, since that is what was shown.
 * - `retry`: look now at a finding that failed, was given up or is held.
 * - `pause`, `resume`: the stop switch. A pause with `until` (ISO 8601) ends by itself then.
 * - `thaw`: release backlog; `list` is the digest of what was shown: see `listDigest`.
 * - `limits`: allow so many fixes an hour, in each account and in all, until then; the policy's limits count where they are higher.
 * - `policy`: tell the policy that is deployed.
 * - `findings`: tell the findings that the caller may see, of one account where it is named, a page at a time: `next` is what the
 *   answer before gave. `finding`: tell one, its latest occurrence where none is named.
 * - `whoami`: tell who the caller is taken for, and what he may.
 */
export const orderSchema = z.discriminatedUnion('order', [
  z.object({ ...shared, order: z.literal('undo'), ...occurrence, reason: sentence, until }),
  z.object({ ...shared, order: z.literal('exempt'), ...occurrence, reason: sentence, until }),
  z.object({
    ...shared,
    order: z.literal('approve'),
    ...occurrence,
    plan: z.string().check(z.maxLength(128), wellFormed),
    reason: z.exactOptional(sentence),
    unlessDecided: z.exactOptional(z.literal(true)),
  }),
  z.object({
    ...shared,
    order: z.literal('deny'),
    ...occurrence,
    plan: z.string().check(z.maxLength(128), wellFormed),
    reason: sentence,
    unlessDecided: z.exactOptional(z.literal(true)),
  }),
  z.object({ ...shared, order: z.literal('retry'), ...occurrence }),
  z.object({
    ...shared,
    order: z.literal('pause'),
    scope: scopeSchema,
    reason: sentence,
    until: z.exactOptional(until),
  }),
  z.object({ ...shared, order: z.literal('resume'), scope: scopeSchema }),
  z.object({
    ...shared,
    order: z.literal('thaw'),
    scope: scopeSchema,
    list: z.string().check(z.regex(listDigestPattern)),
  }),
  z.object({
    ...shared,
    order: z.literal('limits'),
    fixesPerHour: z.int().check(z.positive(), z.maximum(mostFixesPerHour)),
    until,
    reason: sentence,
  }),
  z.object({ ...shared, order: z.literal('policy') }),
  z.object({
    ...shared,
    order: z.literal('findings'),
    account: z.exactOptional(accountId),
    next: z.exactOptional(z.string().check(z.regex(orderKeyPattern))),
  }),
  z.object({
    ...shared,
    order: z.literal('finding'),
    finding: z.object(keyOfFinding),
    occurrence: z.exactOptional(occurrenceNumber),
  }),
  z.object({ ...shared, order: z.literal('whoami') }),
]);

/** What somebody sends to `POST /orders`, parsed. */
export type OrderRequest = z.infer<typeof orderSchema>;
/** Orders that only the coordinator carries out: what they do stays done. */
export type Order = Exclude<OrderRequest, { order: 'policy' | 'findings' | 'finding' | 'whoami' }>;
/** An order as the policy allows it. */
export type GivenOrder = Order & {
  /** Whom to name for it, as AWS has verified it. */
  by: string;
  /** When it was given; ISO 8601 in UTC with milliseconds. It may be carried out a good while later, or again. */
  at: string;
  /** Whether who gives it may also end a pause of the same. */
  mayThaw?: true;
  /** Of which scopes the giver is told whether they are paused; of all, where it is left out. */
  tellOf?: readonly string[];
};
/** An order of one kind. */
export type OrderOf<Kind extends Order['order']> = Extract<GivenOrder, { order: Kind }>;
/** An order to undo the fix of one occurrence. */
export type UndoOrder = OrderOf<'undo'>;

/** Whether an order is carried out by the coordinator. The others change nothing, and are answered where they arrive. */
export function isCarriedOut(request: OrderRequest): request is Order {
  switch (request.order) {
    case 'policy':
    case 'findings':
    case 'finding':
    case 'whoami':
      return false;
    default:
      return true;
  }
}

/** Something that the caller may, as `allRights` tells it. */
const grantedRight = z.object({
  right: z.enum(rights),
  /** For people. */
  where: z.string(),
  source: z.string(),
  needsSecondPerson: z.exactOptional(z.literal(true)),
  breakGlass: z.exactOptional(z.literal(true)),
});

/** What is answered to an order. */
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
  /** For an order that waits for a second person: until when; ISO 8601. */
  waitsUntil: z.exactOptional(z.iso.datetime()),
  /** For `whoami`: what the caller may, where, and by which line of the policy. */
  rights: z.exactOptional(z.array(grantedRight)),
  /** For `findings` and `finding`: records as the ledger has them. */
  findings: z.exactOptional(z.array(z.record(z.string(), z.unknown()))),
  /** For `findings`: where the next page begins; absent after the last one. */
  next: z.exactOptional(z.string()),
  /** For `findings` and `finding`: what accounts and units that it tells of are called, and what accounts lie under, by their ids. */
  places: z.exactOptional(
    z.record(z.string(), z.object({ name: z.exactOptional(z.string()), unit: z.exactOptional(z.string()) })),
  ),
  /** For `finding`: its exemption that an order wrote, also one that has ended, as the ledger has it. */
  exemption: z.exactOptional(z.record(z.string(), z.unknown())),
  /** For `finding`: what was saved of its fix, before and after it, as the ledger has it; absent where there was none. */
  fix: z.exactOptional(z.record(z.string(), z.unknown())),
  /** For `finding`: why that is not told, a sentence for people. */
  fixUntold: z.exactOptional(z.string()),
  /** For the first page of `findings`: what is paused of what the caller may see, as `ledger/paused-now.ts` has it. */
  paused: z.exactOptional(z.record(z.string(), z.unknown())),
});

/** What is answered to an order. */
export type OrderAnswer = z.infer<typeof orderAnswerSchema>;

/** What is answered while an order is worked on: whoever sends it again, as it is, gets its answer once there is one. */
export const orderWorkingSchema = z.object({
  version: z.literal(orderVersion),
  key: z.string(),
  working: z.literal(true),
});

/** What is answered while an order is worked on. */
export type OrderWorking = z.infer<typeof orderWorkingSchema>;
