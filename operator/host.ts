import type { FindingRecord } from '../ledger/findings/record';

/** What a face (the command line, a Slack app, a console) does for the library while it works: what cannot wait for the answer. */
export interface Host {
  /**
   * Shows that something takes long, until it has ended.
   * @param what is being done, printable; a function where it changes meanwhile
   * @returns what the work answers; throws what it throws
   */
  progress<Answer>(what: string | (() => string), work: () => Promise<Answer>): Promise<Answer>;
  /** Shows the plan of a finding before it is decided on. Nothing is ordered when it throws. */
  showPlan(record: FindingRecord): void | Promise<void>;
  /** Tells of something that the answer lacks, since it cannot be understood: a record of the ledger. */
  leftOut(error: Error): void;
}
