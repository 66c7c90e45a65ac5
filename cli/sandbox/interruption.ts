/** The status that a shell gives a command which was ended by Ctrl-C. */
const interruptedStatus = 130;

/**
 * The first Ctrl-C or other request to end, or a reader of our output that went away. From the second signal on the
 * process ends at once, by the signal's own default.
 */
export class Interruption {
  private readonly controller = new AbortController();
  /** Resolves with the exit status when it happens; never rejects. */
  readonly happened: Promise<number>;

  constructor() {
    this.happened = new Promise((resolve) => {
      this.signal.addEventListener('abort', () => resolve(interruptedStatus));
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => this.controller.abort());
    // Nobody reads any further, as with `| head`; there is nobody to tell, so all that is left is to end.
    process.stdout.on('error', () => this.controller.abort());
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }
}
