/**
 * Whether the modules of a worker process stay loaded from one test file to the next, and with them what they hold. In Vitest
 * without isolation they do; Jest loads them anew for each file.
 */
export const modulesOutliveFiles = process.env.VITEST !== undefined;
