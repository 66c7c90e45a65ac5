import * as z from 'zod/mini';

/** What a walk read of a setting that blocks public access to every resource of a type. */
export const publicBlockSchema = z.object({
  isOn: z.boolean(),
  closes: z.int().check(z.minimum(0)),
});

/**
 * A setting of an account, or of an account and Region, that keeps everybody out of every resource of a type: whether it is on, and how
 * many resources it would close, as they are open to everybody now, or nobody can tell.
 */
export type PublicBlock = z.infer<typeof publicBlockSchema>;
