import { rm } from 'node:fs/promises';
import { nameRun, runDirectory } from './run-directory';

/**
 * Before all test files.
 * @returns what to do after all of them
 */
export default function globalSetUp(): () => Promise<void> {
  nameRun(`${Date.now()}-${process.pid}`);
  // The SDK's versions are pinned to those that support this Node.js.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  return () => rm(runDirectory(), { recursive: true, force: true });
}
