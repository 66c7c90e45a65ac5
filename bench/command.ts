import { spawn } from 'node:child_process';

/** How a command ended. */
export interface CommandRun {
  /** By the clock, from its start to its end. */
  seconds: number;
  /** Its exit status; null where a signal ended it. */
  status: number | null;
}

/** Runs a command to its end, without its output. */
export function secondsOf(directory: string, command: string, args: string[]): Promise<CommandRun> {
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: directory, stdio: 'ignore' });
    child.on('error', reject);
    child.on('exit', (status) => resolve({ seconds: (performance.now() - begin) / 1000, status }));
  });
}
