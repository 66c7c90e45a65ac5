import * as z from 'zod/mini';

/** How a public bucket is closed. */
export type Fix = 'surgical' | 'lockdown';

/** The control's parameters, with their defaults. */
export const parametersSchema = z.strictObject({
  /**
   * - `surgical`: what is public leaves the ACL and the policy, and the matching block settings keep it out.
   * - `lockdown`: all four block settings go on, and nothing is edited.
   */
  fix: z._default(
    z.custom<Fix>((fix) => fix === 'surgical' || fix === 'lockdown', 'should be surgical or lockdown'),
    'surgical',
  ),
});

/** Parameters as the schema returns them. */
export type PublicAccessParameters = z.infer<typeof parametersSchema>;
