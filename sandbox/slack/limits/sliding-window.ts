/** Lets so many by in any span of time, whenever the span begins. */
export class SlidingWindow {
  /** When those that were let by within the last span came, the earliest first. */
  private readonly taken: number[] = [];

  constructor(private readonly limit: { count: number; milliseconds: number }) {}

  /**
   * Lets one by, where there is room.
   * @param now milliseconds since the epoch
   * @returns 0, or after how many milliseconds there is room
   */
  take(now: number): number {
    const { count, milliseconds } = this.limit;
    const since = now - milliseconds;
    while (this.taken[0] !== undefined && this.taken[0] <= since) this.taken.shift();
    const [earliest] = this.taken;
    if (earliest !== undefined && this.taken.length >= count) return earliest - since;
    this.taken.push(now);
    return 0;
  }
}
