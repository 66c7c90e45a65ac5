import * as z from 'zod/mini';
import { changeSchema, planSchema, violationSchema } from '../../contract/plan-schema';
import type { RemediationResult } from '../../contract/remediation';

/** What a remediation function may answer. */
export const remediationResultSchema = z.object({
  version: z.literal(1),
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
  applied: z.int(),
  given: z.exactOptional(z.array(changeSchema)),
  differences: z.exactOptional(z.array(z.string())),
  fixStands: z.exactOptional(z.boolean()),
  mayHaveWritten: z.exactOptional(z.literal(true)),
  exemptUntil: z.exactOptional(z.string()),
  lastChange: z.exactOptional(z.object({ by: z.string(), event: z.string(), at: z.string() })),
  reason: z.exactOptional(z.string()),
  errorCode: z.exactOptional(z.string()),
}) satisfies z.ZodMiniType<RemediationResult>;

/** What came of asking a remediation function. */
export interface Answer extends RemediationResult {
  /** The function was started, and nobody heard how it ended: it may have changed the resource. */
  unheard?: true;
}

/** An answer in place of the remediation function's own. */
export function failedResult(reason: string, errorCode?: string): Answer {
  return {
    version: 1,
    outcome: 'failed',
    violations: [],
    applied: 0,
    reason,
    ...(errorCode && { errorCode }),
  };
}
