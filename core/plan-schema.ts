import * as z from 'zod/mini';
import type { JsonObject } from './json';
import type { Change, Plan } from './plan';
import type { Violation } from './violation';

/** A violation that crossed a border: from a remediation function, from the ledger, or over the bus. */
export const violationSchema = z.object({
  kind: z.string(),
  text: z.string(),
  // What was parsed from JSON is JSON.
  detail: z.custom<JsonObject>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  ),
}) satisfies z.ZodMiniType<Violation>;

/** A change that crossed a border. Its further keys are the control's own. */
export const changeSchema = z.custom<Change>((value) => {
  if (typeof value !== 'object' || value === null) return false;
  const { action, text } = value as { action?: unknown; text?: unknown };
  return typeof action === 'string' && typeof text === 'string';
});

/** A plan that crossed a border. */
export const planSchema = z.object({
  changes: z.array(changeSchema),
  lossy: z.boolean(),
  losses: z.array(z.string()),
}) satisfies z.ZodMiniType<Plan>;
