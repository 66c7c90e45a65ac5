import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program took. */
export interface Taken {
  /** From its start to its end. */
  seconds: number;
  /** On all cores together, in its own code. */
  cpuSeconds: number;
  /** The most memory that it had at once, its threads' along. */
  megabytes: number;
}

/** Writes what the process took into a file, when it ends. */
const hook = (file: string) => `
const { isMainThread } = require('node:worker_threads');
if (isMainThread) process.on('exit', () => {
  require('node:fs').writeFileSync(${JSON.stringify(file)}, JSON.stringify(process.resourceUsage()));
});`;

/**
 * Runs a program of Node.js to its end, without its output.
 * @param words the program's file, and what follows it
 * @throws Error when its exit status is not 0
 */
export async function measuredRun(directory: string, words: readonly string[]): Promise<Taken> {
  const folder = await mkdtemp(join(tmpdir(), 'staunch-measured-'));
  try {
    const [required, result] = [join(folder, 'hook.cjs'), join(folder, 'result.json')];
    await writeFile(required, hook(result));
    const begin = performance.now();
    await ended(directory, ['--require', required, ...words]);
    const seconds = (performance.now() - begin) / 1000;
    const { userCPUTime, maxRSS } = JSON.parse(await readFile(result, 'utf8')) as NodeJS.ResourceUsage;
    return { seconds, cpuSeconds: userCPUTime / 1_000_000, megabytes: maxRSS / 1024 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function ended(directory: string, words: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { cwd: directory, stdio: 'ignore' });
    child.on('error', reject);
    child.on('exit', (status) =>
      status === 0 ? resolve() : reject(new Error(`${words.join(' ')} ended with ${status}.`)),
    );
  });
}
