import * as z from 'zod/mini';
import type { Json } from '../../../core/json';
import { changeSchema, planSchema, violationSchema } from '../../../core/plan-schema';
import type { RemediationResult } from '../../../core/remediation';

// What was parsed from JSON is JSON.
const state = z.custom<Json>((value) => value !== undefined);
const step = z.object({ made: z.array(changeSchema), unsure: z.exactOptional(z.literal(true)) });

/** What a remediation function may answer. */
export const remediationResultSchema = z
  .object({
    version: z.literal(2),
    outcome: z.enum([
      'planned',
      'fixed',
      'already-compliant',
      'gone',
      'changed',
      'undone',
      'stopped',
      'refused',
      'failed',
    ]),
    violations: z.array(violationSchema),
    plan: z.exactOptional(planSchema),
    state: z.exactOptional(state),
    look: z.exactOptional(z.object({ state, violations: z.array(violationSchema), plan: planSchema })),
    applied: z.int(),
    step: z.exactOptional(step),
    completed: z.exactOptional(z.array(step)),
    given: z.exactOptional(z.array(changeSchema)),
    differences: z.exactOptional(z.array(z.string())),
    mayHaveWritten: z.exactOptional(z.literal(true)),
    switchUnreadable: z.exactOptional(z.literal(true)),
    exemptUntil: z.exactOptional(z.string()),
    stack: z.exactOptional(z.string()),
    tags: z.exactOptional(z.record(z.string(), z.string())),
    lastChange: z.exactOptional(z.object({ by: z.string(), event: z.string(), at: z.string() })),
    reason: z.exactOptional(z.string()),
    errorCode: z.exactOptional(z.string()),
  })
  .check(
    // What cannot be saved, or shown, must not be applied.
    z.refine(({ outcome, plan, state: read }) => outcome !== 'planned' || (plan && read !== undefined), {
      path: ['plan'],
    }),
  ) satisfies z.ZodMiniType<RemediationResult>;

/** The result of asking a remediation function. */
export interface Answer extends RemediationResult {
  /** The function was started, and gave no answer: it may have changed the resource. */
  unconfirmed?: true;
  /** The account cannot be reached: what has to wait until it can; see `../ledger/waits-for.ts`. */
  unreachable?: string;
}

/** An answer in place of the remediation function's own. */
export function failedResult(reason: string, errorCode?: string): Answer {
  return {
    version: 2,
    outcome: 'failed',
    violations: [],
    applied: 0,
    reason,
    ...(errorCode && { errorCode }),
  };
}
