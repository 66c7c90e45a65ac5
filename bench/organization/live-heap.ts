import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Looking collects garbage, which takes long: after few calls it is done more often. */
const firstLook = 20;
const callsBetweenLooks = 2_000;

/** How the memory in use is looked at: bytes. */
export type HeapReader = () => number;

/** Bytes in use, garbage not counted, which is collected first: in a process that holds much, that takes a third of a second. */
export function collectedHeap(): HeapReader {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  return () => {
    collect();
    return getHeapStatistics().used_heap_size;
  };
}

/** How much memory is in use, beside what was in use at the beginning. */
export class LiveHeap {
  readonly #begun: number;
  #most = 0;
  #calls = 0;
  #next = firstLook;

  constructor(private readonly used: HeapReader) {
    this.#begun = used();
  }

  /** Hears of each call, and looks now and then. */
  look(): void {
    this.#calls += 1;
    if (this.#calls < this.#next) return;
    this.#next += Math.min(this.#calls, callsBetweenLooks);
    this.lookNow();
  }

  /** Looks, as after the last call, when the answer is there. */
  lookNow(): void {
    this.#most = Math.max(this.#most, this.used() - this.#begun);
  }

  /** The most that was seen, in megabytes. */
  get megabytes(): number {
    return this.#most / 2 ** 20;
  }
}
