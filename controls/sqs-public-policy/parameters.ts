import * as z from 'zod/mini';

/** The control's parameters: it has none. */
export const parametersSchema = z.strictObject({});

/** Parameters as the schema returns them. */
export type PublicPolicyParameters = z.infer<typeof parametersSchema>;
