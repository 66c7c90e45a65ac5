import * as z from 'zod/mini';

/**
 * What can say that a resource has to be looked at; the same word for it wherever a person or a program reads it:
 * - `rule`: a rule of AWS Config, about a configuration item
 * - `trail`: CloudTrail, about a call that can open something
 * - `patrol`: Staunch itself, which walks an account and Region
 */
export const detectorSchema = z.enum(['rule', 'trail', 'patrol']);

/** What has said that a resource has to be looked at. */
export type Detector = z.infer<typeof detectorSchema>;
