import { spawn } from 'node:child_process';

/**
 * Runs a command to its end, without its output, and says how many seconds it took, with one decimal; `failed` where
 * its exit status is not 0.
 */
export function secondsOf(directory: string, command: string, args: string[]): Promise<string> {
  console.error(`Running ${[command, ...args].join(' ')} …`);
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: directory, stdio: 'ignore' });
    child.on('error', reject);
    child.on('exit', (code) => {
      const seconds = ((performance.now() - begin) / 1000).toFixed(1);
      resolve(code === 0 ? seconds : `${seconds} (failed)`);
    });
  });
}
