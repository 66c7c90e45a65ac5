import type { Colors } from 'picocolors/types';
import { cutMiddle } from '../../core/cut-middle';
import { printable } from '../../resources/kit/printable';
import type { EventLog, TimedEvent } from '../events';
import { lineOf } from './line';
import { AccountNames } from './names';

/** Where a view prints; each has a default. */
export interface LiveViewOptions {
  print?: (line: string) => void;
  columns?: () => number;
}

/** Prints a line for each event of a run, as it happens. */
export class LiveView {
  readonly names = new AccountNames();
  private readonly startedAt = Date.now();
  private readonly stopListening: () => void;
  private quiet: boolean;

  readonly print: (line: string) => void;
  private readonly columns: () => number;

  /**
   * @param verbose false where nobody watches: only what the run is about to do is printed then, until `resume`
   * @param options `print` writes one line, by default to standard output; `columns` is how long a line may be now
   */
  constructor(
    log: EventLog,
    private readonly colours: Colors,
    verbose: boolean,
    { print = console.log, columns = () => Number.POSITIVE_INFINITY }: LiveViewOptions = {},
  ) {
    this.print = print;
    this.columns = columns;
    this.quiet = !verbose;
    this.stopListening = log.listen((event) => this.show(event));
  }

  /** Says what the run is about to do. */
  say(text: string): void {
    this.print(this.colours.bold(cutMiddle(printable(text), this.columns())));
  }

  /** Prints no events for now. */
  pause(): void {
    this.quiet = true;
  }

  /** Prints events from now on, a line each, also where the output is no terminal: it may be a file that somebody follows. */
  resume(): void {
    this.quiet = false;
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
