import { isOpen } from '../../../core/states';
import { utc } from '../../../core/utc';
import type { Verdict } from '../../../decision/verdict';
import { ConflictError, LeaseLostError } from '../../../ledger/errors';
import type { Exemptions } from '../../../ledger/exemptions';
import type { Ledger } from '../../../ledger/ledger';
import type { PlaceNames } from '../../../ledger/place-names';
import type { FindingRecord, Lease, Received } from '../../../ledger/record';
import { errorCodeOf, waitsForOf } from '../../../ledger/record-parts';
import { stillTaken } from '../../../ledger/transitions/checks';
import type { Outcome } from '../../../ledger/transitions/outcome';
import type { ReportedNames } from '../../../ledger/transitions/report';
import { settle } from '../../../ledger/transitions/settle';
import { putBack } from '../../../ledger/transitions/take';
import type { WaitingScopes } from '../../../ledger/waiting-scopes';
import { ruledDigest } from '../deciding/ruled';
import type { Answer } from '../member/remediation-result';
import { expiryOf, keptUntil, settledOutcome, withExpiry } from '../recording/outcome';
import type { Outbox } from '../telling/outbox';
import { howTold, noteUnreachable, type TellingParts } from '../telling/telling';
import { orphanMilliseconds, type Remaining } from '../time-limits';
import { Attempt, type AttemptParts, OutOfTimeError, type Subject } from './attempt';

/**
 * Thrown when the result of a worker's own work could not be written. It must not be taken for another worker's conflict: the
 * lease is this worker's, and once it ends the sweep looks again.
 */
export class UnsettledError extends Error {
  override readonly name = 'UnsettledError';
}

/** What a worker works with. */
export interface WorkerParts extends AttemptParts, TellingParts {
  ledger: Ledger;
  exemptions: Pick<Exemptions, 'read' | 'takeBack'>;
  waitingScopes: Pick<WaitingScopes, 'note'>;
  outbox: Outbox;
  /** What accounts and units are called, for people. */
  names: () => Promise<PlaceNames>;
  /** A name that no other worker has, for each lease. */
  newHolder: () => string;
}

/** Works on occurrences that it has taken: from the look to the recorded state and its report. */
export class Worker {
  constructor(private readonly parts: WorkerParts) {}

  /**
   * A lease for the rest of this invocation, and for what it may have started.
   * @param remaining milliseconds that are left to the invocation
   */
  newLease(remaining: number): Lease {
    const until = this.parts.now().getTime() + remaining + orphanMilliseconds;
    return { holder: this.parts.newHolder(), until: new Date(until).toISOString() };
  }

  /** Looks at a resource, and changes nothing. */
  plan({ identity, control, ruling }: Subject, occurrence: number): Promise<Answer> {
    const { parameters } = ruling;
    return this.parts.remediate({ identity, control, occurrence, attempt: 1, parameters, mode: 'plan' });
  }

  /**
   * Works a taken occurrence out, and records the result. When too little time is left for its fix, it is given back, due at
   * once.
   * @param seen what a look a moment ago saw
   * @returns the record then; undefined when another worker has taken it
   */
  async work(
    subject: Subject,
    taken: Received,
    remaining: Remaining,
    seen?: Answer,
  ): Promise<FindingRecord | undefined> {
    return this.unlessLost(taken, async () => {
      const attempt = new Attempt(this.parts, subject, taken, remaining);
      const worked = await attempt.run(seen);
      const { record, ruling } = attempt.state;
      const verdict = await this.named(subject, taken, worked.verdict);
      await this.endExemption(taken, verdict);
      const outcome = settledOutcome({ ...worked, verdict }, taken.tries, this.parts.now());
      return this.record(record, { ...outcome, ruled: ruledDigest(ruling, this.parts.policy) });
    });
  }

  /**
   * Records an outcome of a taken occurrence, and sends its report.
   * @returns the record then; undefined when another worker has taken it
   */
  async settle(taken: Received, outcome: Outcome): Promise<FindingRecord | undefined> {
    return this.unlessLost(taken, () => this.record(taken, outcome));
  }

  /** Sends the reports that wait. What the bus does not take stays due: the state is recorded all the same. */
  async sendReports(record: FindingRecord): Promise<FindingRecord> {
    const { waitingScopes, now } = this.parts;
    const { pendingReports } = record;
    const waitsFor = waitsForOf(record);
    try {
      // While its report waited, nothing was seen to wait for it, and it may be forgotten by now.
      if (waitsFor !== undefined && Object.keys(pendingReports).length > 0) {
        await waitingScopes.note(waitsFor, now());
      }
      return await this.parts.outbox.send(record);
    } catch (error) {
      this.parts.log.error('A report did not reach the bus', {
        finding: record.finding,
        error: String(error),
      });
      return record;
    }
  }

  /** A conflict is with somebody: where it is known with whom, it is said, once an occurrence. */
  private async named(
    { identity, control, ruling }: Subject,
    { occurrence, attempt, heldBy, reason = '' }: Received,
    verdict: Verdict,
  ): Promise<Verdict> {
    if (verdict.state !== 'held' || verdict.heldBy !== 'conflict') return verdict;
    const known = / Last changed by .*$/.exec(heldBy === 'conflict' ? reason : '')?.[0];
    if (known) return { ...verdict, reason: `${verdict.reason}${known}` };
    const { parameters } = ruling;
    const { lastChange } = await this.parts.remediate({
      identity,
      control,
      occurrence,
      attempt,
      parameters,
      mode: 'plan',
      tellLastChange: true,
    });
    if (!lastChange) return verdict;
    const { by, event, at } = lastChange;
    return { ...verdict, reason: `${verdict.reason} Last changed by ${by} (${event}) at ${utc(at)}.` };
  }

  /** An undo that changed nothing exempts nothing, nor does the exemption of a resource outlive it. */
  private async endExemption({ identity, undoing }: Received, { state }: Verdict): Promise<void> {
    if (!((undoing && state === 'fixed') || state === 'gone')) return;
    const { exemptions } = this.parts;
    const exemption = await exemptions.read(identity);
    if (exemption) await exemptions.takeBack(identity, exemption, undefined);
  }

  private async record(taken: Received, outcome: Outcome): Promise<FindingRecord> {
    const { ledger, waitingScopes, policy, log, now } = this.parts;
    if (await this.isNothing(taken, outcome)) return taken;
    if (outcome.state === 'held' && outcome.waitsFor !== undefined) {
      await waitingScopes.note(outcome.waitsFor, now());
      // Before the finding is written, so that a crash loses no timer; one for nothing does no harm.
      await ledger.setApprovalTimer(taken);
    }
    await noteUnreachable(outcome, this.parts);
    await this.keepSaved(taken, outcome);
    const told = await howTold(taken, outcome, this.parts);
    const complete = {
      ...withExpiry(outcome, taken, policy.retention, now()),
      ...(told && { told }),
    };
    const names = reportedNames(taken.identity.accountId, await this.parts.names());
    const settled = await ledger.change(taken, (fresh) =>
      settle(stillTaken(fresh), holderOf(taken), complete, now(), names),
    );
    const { finding, occurrence, attempt, state, reason } = settled;
    log.info('Recorded', { finding, occurrence, attempt, state, reason, errorCode: errorCodeOf(settled) });
    return this.sendReports(settled);
  }

  /** What was looked at for the first time, and does not exist, leaves nothing: anybody can name what does not exist. */
  private async isNothing(taken: Received, { state }: Outcome): Promise<boolean> {
    const { occurrence, saved, lastReported, pendingReports } = taken;
    const told = lastReported !== undefined || Object.keys(pendingReports).length > 0;
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

  private async keepSaved({ identity, occurrence, saved }: Received, { state }: Outcome): Promise<void> {
    if (isOpen(state) || !saved) return;
    const { savedStates, policy, now } = this.parts;
    const expires = expiryOf({ saved }, policy.retention, now());
    await savedStates.keep(identity, occurrence, keptUntil(expires));
  }

  private putBackIfOutOfTime(taken: Received, error: unknown): Promise<FindingRecord> {
    const { ledger, log } = this.parts;
    if (!(error instanceof OutOfTimeError)) throw error;
    log.info('Given back: too little time is left for the fix', { finding: taken.finding });
    return ledger.change(taken, (fresh) => putBack(stillTaken(fresh), holderOf(taken)));
  }

  private async unlessLost(
    taken: Received,
    work: () => Promise<FindingRecord>,
  ): Promise<FindingRecord | undefined> {
    try {
      return await work().catch((error: unknown) => this.putBackIfOutOfTime(taken, error));
    } catch (error) {
      if (error instanceof ConflictError) throw new UnsettledError(error.message, { cause: error });
      if (!(error instanceof LeaseLostError)) throw error;
      this.parts.log.warn(error.message, { finding: taken.finding });
      return undefined;
    }
  }
}

function holderOf(taken: Received): string {
  return taken.lease?.holder ?? '';
}

function reportedNames(accountId: string, names: PlaceNames): ReportedNames {
  const [accountName, unit] = [names.account(accountId), names.unitOf(accountId)];
  return { ...(accountName !== undefined && { accountName }), ...(unit !== undefined && { unit }) };
}
