import { setTimeout as sleep } from 'node:timers/promises';
import type { Failures } from './failures';

/** Thrown when what a run waits for does not come true in time. */
export class WaitedTooLongError extends Error {
  override readonly name = 'WaitedTooLongError';
}

/** How often a condition is looked at; milliseconds. */
const interval = 50;

/**
 * Waits until a condition holds.
 * @param limit milliseconds
 * @throws WaitedTooLongError after that; or the sandbox's first failure, as soon as there is one
 */
export async function waitUntil(
  what: string,
  condition: () => boolean | Promise<boolean>,
  failures: Failures,
  limit: number,
): Promise<void> {
  const end = Date.now() + limit;
  const wait = async () => {
    while (!(await condition())) {
      if (Date.now() > end) throw new WaitedTooLongError(`Waited ${limit / 1000} s in vain until ${what}`);
      await sleep(interval);
    }
  };
  await Promise.race([wait(), failures.failed]);
}
