import * as z from 'zod/mini';
import { accountIdPattern, regionPattern } from '../../../core/finding';

/** What the dispatcher knows of the organization's policy. */
export const patrolPolicySchema = z.object({
  /** How many minutes lie between two walks of an account and Region. */
  everyMinutes: z.int().check(z.positive()),
  regions: z.array(z.string().check(z.regex(regionPattern))).check(z.minLength(1)),
  /** Ids of the organizational units whose accounts are watched, or of the root. */
  targets: z.array(z.string()).check(z.minLength(1)),
  /** Stack sets do not reach it, so that no role is there. */
  managementAccount: z.string().check(z.regex(accountIdPattern)),
  /** AWS's names of the types that are walked, in this order. */
  resourceTypes: z.array(z.string()).check(z.minLength(1)),
});

/** What the dispatcher knows of the organization's policy, parsed. */
export type PatrolPolicy = z.infer<typeof patrolPolicySchema>;
