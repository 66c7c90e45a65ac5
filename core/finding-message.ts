import * as z from 'zod/mini';
import { accountIdPattern, findingVersion, regionPattern } from './finding';

/**
 * What a rule function sends to the remediation queue. It is a hint, never an order: anybody in the organization can
 * write one, so the coordinator uses only the identity, and `violations` and `steps` are for a human who peeks at the
 * queue. Unknown keys are dropped, so that a newer member can talk to an older hub of the same version.
 */
export const findingMessageSchema = z.object({
  version: z.literal(findingVersion),
  type: z.literal('finding'),
  accountId: z.string().check(z.regex(accountIdPattern)),
  region: z.string().check(z.regex(regionPattern), z.maxLength(32)),
  control: z.string().check(z.minLength(1), z.maxLength(128)),
  resourceType: z.string().check(z.minLength(1), z.maxLength(128)),
  resourceId: z.string().check(z.minLength(1), z.maxLength(256)),
  /** When AWS Config captured the configuration that was found dangerous; ISO 8601. */
  capturedAt: z.string().check(z.maxLength(40)),
  /** What was wrong in the configuration item. Not acted upon. */
  violations: z.array(z.unknown()),
  /** The changes that would have fixed the configuration item. Not acted upon. */
  steps: z.array(z.unknown()),
});

/** A finding message, parsed. */
export type FindingMessage = z.infer<typeof findingMessageSchema>;
