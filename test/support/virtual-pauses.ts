/** Pauses that take no time: whoever pauses goes on in the order of the times at which their pauses would end. */
export class VirtualPauses {
  private readonly sleepers: { until: number; wake: () => void }[] = [];
  private time = 0;
  /** How many pauses were made. */
  count = 0;

  /** Waits so many milliseconds; bound, so that it can be handed over as it is. */
  readonly pause = (milliseconds: number): Promise<void> =>
    new Promise((wake) => {
      this.count += 1;
      this.sleepers.push({ until: this.time + milliseconds, wake });
      if (this.sleepers.length === 1) setImmediate(() => this.wakeNext());
    });

  /** Wakes everybody whose pause ends next, at once. */
  private wakeNext(): void {
    this.time = Math.min(...this.sleepers.map(({ until }) => until));
    const woken = this.sleepers.filter(({ until }) => until <= this.time);
    this.sleepers.splice(0, Infinity, ...this.sleepers.filter(({ until }) => until > this.time));
    for (const { wake } of woken) wake();
    if (this.sleepers.length > 0) setImmediate(() => this.wakeNext());
  }
}
