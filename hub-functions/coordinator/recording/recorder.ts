import type { CompiledPolicy } from '../../../config/compiled';
import { present } from '../../../core/present';
import { isOpen } from '../../../core/states';
import { ownerIn } from '../../../core/tags';
import { isUntold } from '../../../ledger/findings/due';
import type { Beside, Ledger } from '../../../ledger/findings/ledger';
import type { FindingRecord, Received } from '../../../ledger/findings/record';
import { errorCodeOf, waitsForOf } from '../../../ledger/findings/record-parts';
import type { WaitingScopes } from '../../../ledger/limits/waiting-scopes';
import { type PlaceNames, withNames } from '../../../ledger/organization/place-names';
import type { SavedStates } from '../../../ledger/saved/saved-states';
import { BesideError, ConflictError, LeaseLostError } from '../../../ledger/table/errors';
import { stillTaken } from '../../../ledger/transitions/checks';
import type { Outcome } from '../../../ledger/transitions/outcome';
import type { ReportedNames } from '../../../ledger/transitions/report';
import { settle } from '../../../ledger/transitions/settle';
import type { Outbox } from '../telling/outbox';
import { howTold, noteUnreachable, type TellingParts } from '../telling/telling';
import { expiryOf, keptUntil, withExpiry } from './expiry';

/**
 * Thrown when the result of a worker's own work could not be written. It must not be taken for another worker's conflict: the
 * lease is this worker's, and once it ends the sweep looks again.
 */
export class UnsettledError extends Error {
  override readonly name = 'UnsettledError';
}

/** What recording takes. */
export interface RecorderParts extends TellingParts {
  ledger: Ledger;
  policy: CompiledPolicy;
  savedStates: Pick<SavedStates, 'keep'>;
  waitingScopes: Pick<WaitingScopes, 'note'>;
  outbox: Outbox;
  /** What accounts and units are called, for people. */
  names: () => Promise<PlaceNames>;
}

/** What work on a finding has still to save of its fix, as `../attempt/saving.ts` has it. */
export interface Unsaved {
  together(until: Date | undefined): Beside[] | undefined;
  written(): void;
  flush(): Promise<void>;
}

/** Records what a look came to, and sends the report of it. */
export class Recorder {
  constructor(private readonly parts: RecorderParts) {}

  /**
   * Records an outcome of a taken occurrence, and sends its report.
   * @returns the record then; undefined when another worker has taken it
   * @throws UnsettledError
   */
  async settle(taken: Received, outcome: Outcome): Promise<FindingRecord | undefined> {
    try {
      return await this.record(taken, outcome);
    } catch (error) {
      return this.lost(taken, error);
    }
  }

  /**
   * The same, for a caller that hears itself that another worker has taken it.
   * @param unsaved what the work has still to save of its fix; it is saved with the outcome where that can be
   * @throws LeaseLostError, ConflictError
   */
  async record(taken: Received, outcome: Outcome, unsaved?: Unsaved): Promise<FindingRecord> {
    if (await this.isNothing(taken, outcome)) return taken;
    await this.noteWaiting(taken, outcome);
    await noteUnreachable(outcome, this.parts);
    const settled =
      (unsaved && (await this.writeTogether(taken, outcome, unsaved))) ??
      (await this.writeApart(taken, outcome, unsaved));
    return this.sendReports(settled);
  }

  /** Sends the reports that wait. What the bus does not take stays due: the state is recorded all the same. */
  async sendReports(record: FindingRecord): Promise<FindingRecord> {
    const { waitingScopes, outbox, log, now } = this.parts;
    const waitsFor = waitsForOf(record);
    try {
      // While a report of it waited, nothing was seen to wait for it, and it may be forgotten by now.
      if (waitsFor !== undefined && isUntold(record)) {
        await waitingScopes.note(waitsFor, now());
      }
      return await outbox.send(record);
    } catch (error) {
      log.error('A report, or an event, did not reach the bus', {
        finding: record.finding,
        error: String(error),
      });
      return record;
    }
  }

  /**
   * How work ends that failed on its record.
   * @returns undefined when another worker has taken it
   * @throws UnsettledError in the place of a conflict; every other error as it is
   */
  lost({ finding }: Received, error: unknown): undefined {
    if (error instanceof ConflictError) throw new UnsettledError(error.message, { cause: error });
    if (!(error instanceof LeaseLostError)) throw error;
    this.parts.log.warn(error.message, { finding });
  }

  /**
   * Writes the outcome, what is still to be saved, and until when all that was saved is kept: all of it, or nothing.
   * @returns undefined where it has to be written apart
   */
  private async writeTogether(
    taken: Received,
    outcome: Outcome,
    unsaved: Unsaved,
  ): Promise<FindingRecord | undefined> {
    const beside = unsaved.together(this.savedUntil(taken, outcome));
    if (!beside) return undefined;
    try {
      const settled = await this.write(taken, outcome, beside);
      unsaved.written();
      return settled;
    } catch (error) {
      if (error instanceof BesideError) return undefined;
      throw error;
    }
  }

  private async writeApart(
    taken: Received,
    outcome: Outcome,
    unsaved: Unsaved | undefined,
  ): Promise<FindingRecord> {
    await unsaved?.flush();
    const until = this.savedUntil(taken, outcome);
    if (until) await this.parts.savedStates.keep(taken.identity, taken.occurrence, until);
    return this.write(taken, outcome);
  }

  private async write(
    taken: Received,
    outcome: Outcome,
    beside: readonly Beside[] = [],
  ): Promise<FindingRecord> {
    const { ledger, policy, log, now } = this.parts;
    const told = await howTold(taken, outcome, this.parts);
    const complete = { ...withExpiry(outcome, taken, policy.retention, now()), ...present({ told }) };
    const names = reportedNames(taken, outcome, policy, await this.parts.names());
    const holder = taken.lease?.holder ?? '';
    const settled = await ledger.change(
      taken,
      (fresh) => settle(stillTaken(fresh), holder, complete, now(), names),
      beside,
    );
    const { finding, occurrence, attempt, state, reason } = settled;
    log.info('Recorded', { finding, occurrence, attempt, state, reason, errorCode: errorCodeOf(settled) });
    return settled;
  }

  /** What was looked at for the first time, and does not exist, leaves nothing: anybody can name what does not exist. */
  private async isNothing(taken: Received, { state }: Outcome): Promise<boolean> {
    const { occurrence, saved, lastReported, stateChanges = 0 } = taken;
    const told = lastReported !== undefined || stateChanges > 0 || isUntold(taken);
    if (state !== 'gone' || occurrence > 1 || saved || told) return false;
    try {
      await this.parts.ledger.remove(taken);
    } catch (error) {
      // A message asked for another look meanwhile.
      if (error instanceof ConflictError) return false;
      throw error;
    }
    this.parts.log.info('Nothing is there', { finding: taken.finding });
    return true;
  }

  /** Before the finding is written, so that a crash loses no timer; one for nothing does no harm. */
  private async noteWaiting(taken: Received, outcome: Outcome): Promise<void> {
    if (outcome.state !== 'held' || outcome.waitsFor === undefined) return;
    const { ledger, waitingScopes, now } = this.parts;
    await waitingScopes.note(outcome.waitsFor, now());
    await ledger.setApprovalTimer(taken);
  }

  /** Until when what was saved of the occurrence is kept; undefined where nothing was, or it stays open. */
  private savedUntil({ saved }: Received, { state }: Outcome): Date | undefined {
    if (isOpen(state) || !saved) return undefined;
    return keptUntil(expiryOf({ saved }, this.parts.policy.retention, this.parts.now()));
  }
}

function reportedNames(
  { identity: { accountId }, tags: before = {} }: Received,
  { decidedBy, tags = before }: Outcome,
  policy: CompiledPolicy,
  names: PlaceNames,
): ReportedNames {
  return {
    ...present({
      accountName: names.account(accountId),
      unit: names.unitOf(accountId),
      owner: ownerIn(tags, policy.slack.ownerTags),
    }),
    decidedBy: withNames(decidedBy, names),
  };
}
