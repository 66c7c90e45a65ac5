import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A lock that is older belongs to nobody any more, in milliseconds: its process was killed, and another one got its id. */
const longestHeld = 5 * 60 * 1000;

/**
 * Does some work while no other process does it, nor another call in this one. The lock of a process that has died is passed over.
 * In a rare moment two processes may pass over the same lock at once: the work has to bear that.
 * @param lock a file that is there while somebody works; its folder has to exist
 * @param signal ends the waiting when it is aborted
 */
export async function oneAtATime<Result>(
  lock: string,
  work: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  while (!(await isTaken(lock))) {
    if (await isAbandoned(lock)) await rm(lock, { force: true });
    else await sleep(50, undefined, signal && { signal });
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** Whether this call has the lock now. */
async function isTaken(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isAbandoned(lock: string): Promise<boolean> {
  try {
    if (Date.now() - (await stat(lock)).mtimeMs > longestHeld) return true;
    const holder = await readFile(lock, 'utf8');
    // Between its creation and its first byte a lock is empty.
    return holder !== '' && !isAlive(Number(holder));
  } catch (error) {
    // It was released meanwhile.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
