import * as z from 'zod/mini';
import { accountIdPattern, regionPattern } from './finding';

/** Version of the patrol message that this code writes and reads. */
export const patrolVersion = 1;

/** What asks on the patrol's queue for a walk through the resources of some types in one account and Region. */
export const patrolMessageSchema = z.object({
  version: z.literal(patrolVersion),
  type: z.literal('patrol'),
  accountId: z.string().check(z.regex(accountIdPattern)),
  region: z.string().check(z.regex(regionPattern), z.maxLength(32)),
  /** The types to walk; every registered one where it is absent. */
  resourceTypes: z.exactOptional(z.array(z.string().check(z.minLength(1), z.maxLength(128)))),
});

/** A patrol message, parsed. */
export type PatrolMessage = z.infer<typeof patrolMessageSchema>;
