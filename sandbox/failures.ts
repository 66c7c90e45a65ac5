/** Thrown when something that the sandbox was asked for is handled neither by moto nor by the sandbox. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
}

/**
 * Collects what must stop a run: an API, a resource type or a condition that nobody handles, an HTTP 500 from moto, a
 * process that died. The first one rejects `failed`, which a run races against everything it waits for.
 */
export class Failures {
  readonly all: Error[] = [];
  /** Rejects with the first failure; never resolves. */
  readonly failed: Promise<never>;
  private reject: (error: Error) => void = () => {};

  constructor() {
    this.failed = new Promise((_, reject) => {
      this.reject = reject;
    });
    // Nobody may be waiting yet when the first failure is reported.
    this.failed.catch(() => {});
  }

  /** Reports a failure of the sandbox itself, not of what runs in it. */
  report(error: Error): void {
    this.all.push(error);
    this.reject(error);
  }
}
