import { Invocation } from './invocation';

interface Timer {
  at: number;
  fire: () => void;
  drives: boolean;
}

/** Time that stands still until something moves it: a call's latency, a pause with nothing else to do, or a test. */
export class VirtualClock {
  #milliseconds: number;
  /** By their time, and of the same time by their age. */
  readonly #timers: Timer[] = [];
  /** Hears that something waits for a time to come; see `Turns`. */
  onWaiting: () => void = () => {};

  constructor(start = '2026-11-23T10:00:00.000Z') {
    this.#milliseconds = Date.parse(start);
  }

  /** The time now; bound, so that it can be handed over as it is. */
  readonly now = (): Date => new Date(this.#milliseconds);

  /** Milliseconds since the epoch. */
  get milliseconds(): number {
    return this.#milliseconds;
  }

  /** Moves on. Whatever waited for a time on the way goes on after this returns. */
  advance(span: {
    days?: number;
    hours?: number;
    minutes?: number;
    seconds?: number;
    milliseconds?: number;
  }): void {
    const { days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 } = span;
    this.#moveTo(
      this.#milliseconds + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds,
    );
  }

  /** Ends when so many milliseconds have passed. In an invocation that dies meanwhile it never ends. */
  readonly pause = (milliseconds: number): Promise<void> => {
    const invocation = Invocation.current;
    return new Promise((resolve) => {
      this.after(milliseconds, () => {
        if (!invocation?.isDead) resolve();
      });
    });
  };

  /**
   * Has something happen after so many milliseconds.
   * @param drives whether time moves on for its sake when nothing else is left to do; a deadline only waits for it
   * @returns ends the wait
   */
  after(milliseconds: number, fire: () => void, { drives = true } = {}): () => void {
    const timer = { at: this.#milliseconds + Math.max(0, milliseconds), fire, drives };
    const later = this.#timers.findIndex(({ at }) => at > timer.at);
    this.#timers.splice(later < 0 ? this.#timers.length : later, 0, timer);
    if (drives) this.onWaiting();
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  /** Whether something waits for time to move on. */
  get isAwaited(): boolean {
    return this.#timers.some(({ drives }) => drives);
  }

  /** Moves on to the next thing that waits for it, if anything does. */
  skip(): void {
    const next = this.#timers.find(({ drives }) => drives);
    if (next) this.#moveTo(Math.max(next.at, this.#milliseconds), next);
  }

  /** @param last nothing after it happens, though it be due */
  #moveTo(target: number, last?: Timer): void {
    for (let next = this.#timers[0]; next && next.at <= target; next = this.#timers[0]) {
      this.#timers.shift();
      this.#milliseconds = Math.max(this.#milliseconds, next.at);
      next.fire();
      if (next === last) break;
    }
    this.#milliseconds = Math.max(this.#milliseconds, target);
  }
}
