import { setImmediate } from 'node:timers';
import type { VirtualClock } from './virtual-clock';

/**
 * Who goes on next.
 * @param waiting how many calls wait for their turn, from 1
 * @param isTimeAwaited whether something waits for time to move on
 * @returns the index of a call, from 0, or `time`
 */
export type Choice = (waiting: number, isTimeAwaited: boolean) => number | 'time';

/** Everything at once, each call as soon as it is made; time moves on when nothing else is left to do. */
export const atOnce = undefined;

/**
 * Calls in a random order, one at a time; now and then time moves on though calls wait: a process was slow.
 * @param random numbers from 0 up to 1
 * @param slowness how often time goes first
 */
export function inRandomOrder(random: () => number, slowness = 0.1): Choice {
  return (waiting, isTimeAwaited) =>
    isTimeAwaited && random() < slowness ? 'time' : Math.floor(random() * waiting);
}

/**
 * Lets invocations that run side by side make their calls one at a time, and moves the clock on when all of them wait for it.
 * Between two turns everything that can run without a call has run: nothing here waits for anything real.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #isAhead = false;

  constructor(
    private readonly clock: VirtualClock,
    private readonly choose: Choice | undefined = atOnce,
  ) {
    clock.onWaiting = () => this.#lookAhead();
  }

  /** Waits for a turn; with `atOnce` it is always there. */
  take(): Promise<void> {
    if (!this.choose) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#lookAhead();
    });
  }

  /** Runs after everything that can run now. */
  #lookAhead(): void {
    if (this.#isAhead) return;
    this.#isAhead = true;
    setImmediate(() => {
      this.#isAhead = false;
      this.#next();
      if (this.#waiting.length > 0 || this.clock.isAwaited) this.#lookAhead();
    });
  }

  #next(): void {
    const { clock } = this;
    const chosen =
      this.#waiting.length > 0 ? (this.choose?.(this.#waiting.length, clock.isAwaited) ?? 0) : 'time';
    if (chosen === 'time') clock.skip();
    else for (const go of this.#waiting.splice(chosen, 1)) go();
  }
}
