import { setTimeout as sleep } from 'node:timers/promises';
import { lockPause, releaseLock, takeLock } from '../infra/lock-file';

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
  while (!takeLock(lock)) await sleep(lockPause, undefined, signal && { signal });
  try {
    return await work();
  } finally {
    releaseLock(lock);
  }
}
