import * as z from 'zod/mini';
import { accountIdPattern, regionPattern } from '../../../core/finding';

/** What the dispatcher knows of the organization's policy. */
export const patrolPolicySchema = z.object({
  /** How many minutes lie between two walks of an account and Region. */
  everyMinutes: z.int().check(z.positive()),
  regions: z.array(z.string().check(z.regex(regionPattern))).check(z.minLength(1)),
  /** Units, by id or path, and accounts, by id, that are watched. */
  targets: z.array(z.string()).check(z.minLength(1)),
  /** What of the targets is not. */
  exclude: z.optional(z.array(z.string())),
  /** Stack sets do not reach it, so that no role is there. */
  managementAccount: z.string().check(z.regex(accountIdPattern)),
  /** AWS's names of the types that are walked, in this order. */
  resourceTypes: z.array(z.string()).check(z.minLength(1)),
});

/** What the dispatcher knows of the organization's policy, parsed. */
export type PatrolPolicy = z.infer<typeof patrolPolicySchema>;
