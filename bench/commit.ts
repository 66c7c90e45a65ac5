import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * The commit that a folder is at, abbreviated, followed by `+` where files differ from it; `unknown` where git does not say.
 * @param root a folder of the repository
 */
export async function measuredCommit(root: string): Promise<string> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)('git', args, { cwd: root })).stdout.trim();
  try {
    const commit = await git('rev-parse', '--short=12', 'HEAD');
    return (await git('status', '--porcelain')) === '' ? commit : `${commit}+`;
  } catch {
    return 'unknown';
  }
}
