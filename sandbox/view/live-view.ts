import type { Colors } from 'picocolors/types';
import type { EventLog, TimedEvent } from '../events';
import { lineOf } from './line';
import { AccountNames } from './names';

/** Prints a line for each event of a run, as it happens. */
export class LiveView {
  readonly names = new AccountNames();
  private readonly startedAt = Date.now();
  private readonly stopListening: () => void;
  private quiet: boolean;

  /**
   * @param verbose false where nobody watches: only what the run is about to do is printed then
   * @param print writes one line
   * @param columns width of the terminal; undefined for no limit
   */
  constructor(
    log: EventLog,
    private readonly colours: Colors,
    private readonly verbose: boolean,
    readonly print: (line: string) => void = console.log,
    private readonly columns: () => number | undefined = () => process.stdout.columns,
  ) {
    this.quiet = !verbose;
    this.stopListening = log.listen((event) => this.show(event));
  }

  /** Says what the run is about to do. */
  say(text: string): void {
    this.print(this.colours.bold(text));
  }

  /** Prints no events for now. */
  pause(): void {
    this.quiet = true;
  }

  /** Prints events again, where somebody watches. */
  resume(): void {
    this.quiet = !this.verbose;
  }

  stop(): void {
    this.stopListening();
  }

  private show(event: TimedEvent): void {
    if (event.kind === 'account-created') this.names.learn(event.accountId, event.name);
    if (this.quiet) return;
    const line = lineOf(event, this.names, this.startedAt, this.colours, this.columns());
    if (line !== undefined) this.print(line);
  }
}
