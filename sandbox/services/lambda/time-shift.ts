/** How far the clocks of the functions are ahead of this machine's. Their threads share the memory, so all of them move at once. */
export class TimeShift {
  /** A signed 64-bit number of milliseconds; see worker-clock.js. */
  readonly memory = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  private readonly milliseconds = new BigInt64Array(this.memory);

  /** How much has passed, in milliseconds. */
  get passed(): number {
    return Number(Atomics.load(this.milliseconds, 0));
  }

  /** Lets time pass. */
  pass(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new RangeError(`Time passes forwards only, not by ${milliseconds} ms.`);
    Atomics.add(this.milliseconds, 0, BigInt(Math.round(milliseconds)));
  }
}
