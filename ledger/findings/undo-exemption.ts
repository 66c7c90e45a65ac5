import * as z from 'zod/mini';

/** What the ledger keeps of an exemption that an order wrote. */
export const undoExemptionSchema = z.object({
  /** Why, for people. */
  reason: z.string(),
  /** Who asked for it. */
  by: z.string(),
  /** Until when the resource is not fixed; ISO 8601 in UTC with milliseconds. */
  until: z.iso.datetime(),
  /** When it was written; ISO 8601. */
  writtenAt: z.iso.datetime(),
  /** It was ordered by itself: no fix was undone with it. */
  exempted: z.exactOptional(z.literal(true)),
});

/** Keeps a finding from being fixed until it ends: somebody had a fix of it undone, or had it exempted. */
export type UndoExemption = z.infer<typeof undoExemptionSchema>;

/** Whether an exemption still holds. */
export function holds(exemption: UndoExemption | undefined, now: Date): exemption is UndoExemption {
  return exemption !== undefined && Date.parse(exemption.until) > now.getTime();
}
