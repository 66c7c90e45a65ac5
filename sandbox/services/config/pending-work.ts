import type { Failures } from '../../failures';

/** Counts what is under way in the background. What fails there is a failure of the sandbox itself. */
export class PendingWork {
  private count = 0;
  private stopped = false;

  constructor(private readonly failures: Failures) {}

  /** Runs `task` in the background; its failure stops the run, unless the service was stopped meanwhile. */
  run(task: () => Promise<void>): void {
    this.count += 1;
    void task()
      .catch((error: unknown) => {
        if (!this.stopped) this.failures.report(error instanceof Error ? error : new Error(String(error)));
      })
      .finally(() => {
        this.count -= 1;
      });
  }

  idle(): boolean {
    return this.count === 0;
  }

  /** From now on nothing is reported. */
  stop(): void {
    this.stopped = true;
  }
}
