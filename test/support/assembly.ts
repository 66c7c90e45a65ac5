import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { synthesize } from '../../sandbox/synthesize';
import { projectDirectory, runDirectory } from './run-directory';

/**
 * Synthesizes the CDK app for a policy, once in a run of Jest: the test files of a run share the result, since the
 * sandbox's organization has the same ids every time.
 * @returns the folder of the cloud assembly
 */
export async function assembleOnce(policy: string): Promise<string> {
  const name = createHash('sha256').update(policy).digest('hex').slice(0, 16);
  const shared = join(runDirectory(), name);
  if (await isFirst(shared)) {
    const own = `${shared}-unfinished`;
    await synthesize(projectDirectory, own, policy);
    await rename(own, shared);
  }
  // Another test file is at it: a process is waited for, not a time.
  for (let waited = 0; !existsSync(shared); waited += 100) {
    if (waited > 60_000) throw new Error(`Nobody synthesized ${shared} within a minute`);
    await sleep(100);
  }
  return join(shared, 'cdk.out');
}

/** Making a folder succeeds for one process only. */
async function isFirst(shared: string): Promise<boolean> {
  await mkdir(runDirectory(), { recursive: true });
  try {
    await mkdir(`${shared}-claimed`);
    return true;
  } catch {
    return false;
  }
}
