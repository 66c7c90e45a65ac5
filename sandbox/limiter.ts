/** Lets a bounded number of actions run at a time; the others wait for their turn, first come, first served. */
export class Limiter {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly limit: number) {}

  /** Whether an action would have to wait. */
  get busy(): boolean {
    return this.running >= this.limit;
  }

  /** Runs `action` when it is its turn, and answers what it answers. */
  async run<Result>(action: () => Promise<Result>): Promise<Result> {
    if (this.busy) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await action();
    } finally {
      const next = this.waiting.shift();
      // The place is handed on, so that nobody who comes now overtakes those who wait.
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
