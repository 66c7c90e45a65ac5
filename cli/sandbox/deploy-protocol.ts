import * as z from 'zod/mini';

/** The service by which a kept sandbox is told to deploy a policy: as AWS's services are, in JSON, at the gateway. */
export const sandboxService = 'staunch-sandbox';
/** Its one operation. */
export const deployOperation = 'DeployPolicy';

/** What is asked: a policy file, as it is written. */
export const deployRequestSchema = z.object({ name: z.string(), text: z.string() });

/** What came of it, for people; or why nothing did. */
export const deployAnswerSchema = z.object({ done: z.boolean(), text: z.string() });

/** What came of a deployment. */
export type DeployAnswer = z.infer<typeof deployAnswerSchema>;
