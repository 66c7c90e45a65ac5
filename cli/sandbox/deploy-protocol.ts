import * as z from 'zod/mini';

/** The service by which a kept sandbox takes policies: as AWS's services are, in JSON, at the gateway. */
export const sandboxService = 'staunch-sandbox';

/** What it does with a policy: deploys it; or tells its text with the sandbox's own keys, as it would be deployed. */
export type SandboxOperation = 'DeployPolicy' | 'CompletePolicy';

/** What is asked: a policy file, as it is written. */
export const deployRequestSchema = z.object({ name: z.string(), text: z.string() });

/** The result, for people; or why there is none. A completed policy is its text. */
export const deployAnswerSchema = z.object({ done: z.boolean(), text: z.string() });

/** The result of an operation. */
export type DeployAnswer = z.infer<typeof deployAnswerSchema>;
