import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { removeAbandoned } from '../../sandbox/run-directory';
import { nameRun, projectDirectory, runDirectory } from './run-directory';

/**
 * Before all test files.
 * @returns what to do after all of them
 */
export default function globalSetUp(): () => Promise<void> {
  nameRun(`${Date.now()}-${process.pid}`);
  // The SDK's versions are pinned to those that support this Node.js.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  return async () => {
    await rm(runDirectory(), { recursive: true, force: true });
    // The workers end with the sandboxes that their files shared.
    const runs = join(projectDirectory, '.staunch');
    if (existsSync(runs)) await removeAbandoned(runs);
  };
}
