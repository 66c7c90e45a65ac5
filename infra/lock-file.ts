import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

/** A lock that is older belongs to nobody any more, in milliseconds: its process was killed, and another one got its id. */
const longestHeld = 5 * 60 * 1000;

/** How long to wait before a lock that somebody holds is asked for again; milliseconds. */
export const lockPause = 50;

/**
 * Takes a lock, unless somebody holds it. The lock of a process that has died is passed over. In a rare moment two processes may pass
 * over the same lock at once: what it guards has to bear that.
 * @param lock a file that is there while somebody holds the lock; its folder has to exist
 * @returns whether this call has it now; whoever has it gives it back with `releaseLock`
 */
export function takeLock(lock: string): boolean {
  if (isWritten(lock)) return true;
  if (!isAbandoned(lock)) return false;
  releaseLock(lock);
  return isWritten(lock);
}

/** Gives a lock back. */
export function releaseLock(lock: string): void {
  rmSync(lock, { force: true });
}

/**
 * Does some work while no other process does it. This process does nothing else while it waits.
 * @param lock as for `takeLock`
 */
export function whileLocked<Result>(lock: string, work: () => Result): Result {
  const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));
  while (!takeLock(lock)) Atomics.wait(nobodyWakes, 0, 0, lockPause);
  try {
    return work();
  } finally {
    releaseLock(lock);
  }
}

function isWritten(lock: string): boolean {
  try {
    writeFileSync(lock, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(lock: string): boolean {
  try {
    if (Date.now() - statSync(lock).mtimeMs > longestHeld) return true;
    const holder = readFileSync(lock, 'utf8');
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
