import { closeSync, openSync, writeFileSync } from 'node:fs';
import type { ScenarioResult } from '../../sandbox/scenario/run';
import { fileFailure } from '../file-failure';
import { UserError } from '../user-error';
import { userPath } from '../user-path';

/** The file of `--report`. */
export class ReportFile {
  private readonly path: string;

  /** @throws UserError when the file cannot be written: better before a run than after it */
  constructor(name: string) {
    this.path = userPath(name);
    try {
      closeSync(openSync(this.path, 'a'));
    } catch (error) {
      throw new UserError(`The report cannot be written to ${name}: ${fileFailure(error)}.`);
    }
  }

  /**
   * Writes what was planted, what became of it, and the milliseconds from the change to each stage.
   * @param seconds until the organization stood, and from then until it was healed
   */
  write(result: ScenarioResult, seconds: { start: number; heal: number }): void {
    const { ok, problems, outcomes: resources } = result;
    writeFileSync(this.path, `${JSON.stringify({ ok, seconds, problems, resources }, null, 2)}\n`);
  }
}
