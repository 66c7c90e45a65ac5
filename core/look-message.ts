import * as z from 'zod/mini';
import { accountIdPattern, regionPattern } from './finding';

/** Version of the look message that this code writes and reads. */
export const lookVersion = 1;

/**
 * What the patrol puts on the remediation queue for a resource that it saw dangerous, or could not decide on. It is a hint, as a
 * finding message is: the coordinator uses only the identity, and reads the resource live.
 */
export const lookMessageSchema = z.object({
  version: z.literal(lookVersion),
  type: z.literal('look'),
  accountId: z.string().check(z.regex(accountIdPattern)),
  region: z.string().check(z.regex(regionPattern), z.maxLength(32)),
  control: z.string().check(z.minLength(1), z.maxLength(128)),
  resourceType: z.string().check(z.minLength(1), z.maxLength(128)),
  resourceId: z.string().check(z.minLength(1), z.maxLength(256)),
  detector: z.literal('patrol'),
});

/** A look message, parsed. */
export type LookMessage = z.infer<typeof lookMessageSchema>;
