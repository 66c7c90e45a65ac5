import type { CompiledPolicy } from '../../../config/compiled';
import type { FindingIdentity } from '../../../core/finding';
import { isOpen } from '../../../core/states';
import type { FindingRuling } from '../../../decision/finding-ruling';
import type { HeldVerdict, Verdict } from '../../../decision/verdict';
import { isLeased, needsLook } from '../../../ledger/due';
import { ConflictError } from '../../../ledger/errors';
import type { Notices } from '../../../ledger/notices';
import { UnknownAccountError } from '../../../ledger/place-errors';
import {
  type ClosedRecord,
  type FindingRecord,
  isOpenRecord,
  type OpenRecord,
  type RecordIn,
} from '../../../ledger/record';
import { occurrenceOfTimer, type RecordKey } from '../../../ledger/record-key';
import { heldByOf, waitsForOf } from '../../../ledger/record-parts';
import type { SavedStates } from '../../../ledger/saved-states';
import { counts } from '../../../ledger/transitions/decide';
import { maximumTries } from '../../../ledger/transitions/maximum-tries';
import { open } from '../../../ledger/transitions/open';
import { askForRevisit, lookFailed, restOn, revisited, superseded } from '../../../ledger/transitions/rest';
import { take } from '../../../ledger/transitions/take';
import type { UnreachableAccounts } from '../../../ledger/unreachable-accounts';
import { parseWaitsFor } from '../../../ledger/waits-for';
import type { Subject } from '../attempt/attempt';
import { Worker, type WorkerParts } from '../attempt/worker';
import type { Gate } from '../deciding/gate';
import { type Places, rulingFor } from '../deciding/ruling';
import type { Answer } from '../member/remediation-result';
import { backoffMilliseconds } from '../recording/backoff';
import { givenUpOutcome } from '../recording/outcome';
import { lookMilliseconds, type Remaining } from '../time-limits';
import { checkRegion, type FindControl, fixableControl, parseMessage, UnusableMessageError } from './message';
import { OpenPlaces } from './open-places';

/** How often one invocation looks again because messages kept arriving; the sweep does the rest. */
const maximumRounds = 3;
const maximumConflicts = 5;
const dayMilliseconds = 24 * 60 * 60_000;

/** Thrown when a look means nothing, because the policy's parameters could not be told: the message has to come back. */
export class UnresolvedRulingError extends Error {
  override readonly name = 'UnresolvedRulingError';
}

/** What the coordinator works with. */
export interface CoordinatorParts extends WorkerParts {
  gate: Pick<Gate, 'hold' | 'giveBack' | 'failed' | 'stopped' | 'limited'>;
  unreachableAccounts: Pick<UnreachableAccounts, 'note' | 'forget'>;
  savedStates: WorkerParts['savedStates'] & Pick<SavedStates, 'lastOccurrence'>;
  notices: Pick<Notices, 'give'>;
  policy: CompiledPolicy;
  organization: Places;
  findControl: FindControl;
}

/** A message asks for a look in any case; the sweep only where one is due. */
type Errand = Subject & { trigger: 'message' | 'sweep' };

/**
 * Takes findings from hint to recorded state. Every step may run twice, stop half-way or meet another worker: the
 * ledger's conditional writes decide who goes on, and what is left undone is due for the sweep.
 */
export class Coordinator {
  private readonly worker: Worker;
  private readonly places: OpenPlaces;

  constructor(private readonly parts: CoordinatorParts) {
    this.worker = new Worker(parts);
    this.places = new OpenPlaces(parts);
  }

  /**
   * Handles one message of the remediation queue. When it returns, the finding is recorded, or another worker has it and
   * will look again.
   * @param body the message's body
   * @throws UnusableMessageError, UnknownAccountError when the message can never be handled
   */
  async receive(body: string, remaining: Remaining): Promise<void> {
    const { findControl, policy, organization } = this.parts;
    const { identity, control, says } = parseMessage(body, findControl);
    checkRegion(identity.region, policy.regions);
    if (says === 'finding' || (await this.hasOpen(identity))) {
      const ruling = await rulingFor(identity, policy, organization, this.parts.now());
      await this.look({ identity, control, ruling, trigger: 'message' }, remaining);
    }
  }

  /**
   * Sends the reports that wait in a record.
   * @returns whether the bus took all of them, and whether the record has a look due as well
   */
  async sendReports(key: RecordKey): Promise<{ sent: boolean; needsLook: boolean }> {
    const found = await this.parts.ledger.read(key);
    if (!found) return { sent: true, needsLook: false };
    const record = await this.worker.sendReports(found);
    const sent = Object.keys(record.pendingReports).length === 0;
    return { sent, needsLook: waitsForOf(record) === undefined && needsLook(record, this.parts.now()) };
  }

  /**
   * Does what a due record waits for: sends its reports, tries again, finishes what stopped half-way.
   * @param key of the record, as the index names it; the record itself is read again
   */
  async resume(key: RecordKey, remaining: Remaining): Promise<void> {
    const timed = occurrenceOfTimer(key);
    if (timed) {
      await this.resumeOccurrence(timed, remaining);
      await this.parts.ledger.removeApprovalTimer(key, this.parts.now());
    } else await this.resumeOccurrence(key, remaining);
  }

  private async resumeOccurrence(key: RecordKey, remaining: Remaining): Promise<void> {
    const { ledger, findControl, policy, organization } = this.parts;
    const found = await ledger.read(key);
    if (!found) return;
    const record = await this.worker.sendReports(found);
    if (!needsLook(record, this.parts.now())) return;
    const latest = await ledger.latest(record.identity);
    if (latest && latest.occurrence > record.occurrence) {
      // Whoever opened the later occurrence has looked again.
      await ledger.change(record, (fresh) =>
        isLeased(fresh, this.parts.now()) ? undefined : superseded(fresh),
      );
      return;
    }
    try {
      checkRegion(record.identity.region, policy.regions);
      const control = fixableControl(record.identity.control, findControl);
      const ruling = await rulingFor(record.identity, policy, organization, this.parts.now());
      if (await this.goesOnResting(record, ruling)) return;
      await this.look({ identity: record.identity, control, ruling, trigger: 'sweep' }, remaining);
    } catch (error) {
      if (!(error instanceof UnusableMessageError || error instanceof UnknownAccountError)) throw error;
      await this.giveUp(record, error.message, remaining);
    }
  }

  /** What is held for something that is not over is not even looked at, unless its approval has expired. */
  private async goesOnResting(record: FindingRecord, ruling: FindingRuling): Promise<boolean> {
    const { ledger, waitingScopes, now } = this.parts;
    if (!isHeldStill(record)) return false;
    if (record.decision && !counts(record.decision, now())) return false;
    const verdict = await this.heldBy(record, ruling);
    if (verdict?.state !== 'held') return false;
    if (verdict.waitsFor !== undefined) {
      await waitingScopes.note(verdict.waitsFor, now());
      await ledger.setApprovalTimer(record);
    }
    const rested = await ledger.change(record, (fresh) =>
      isHeldStill(fresh) && !isSameRest(fresh, verdict) ? restOn(fresh, verdict) : undefined,
    );
    return isHeldStill(rested);
  }

  /** What holds a finding now that was held for the switch, a freeze, names or a limit. */
  private async heldBy(
    { heldBy, waitsFor, identity }: RecordIn<'held'>,
    ruling: FindingRuling,
  ): Promise<Verdict | undefined> {
    const { gate } = this.parts;
    // What waits for a conflict's end is due; what was not even seen is looked at, whatever would hold its fix.
    if (heldBy === 'conflict' || heldBy === 'account' || heldBy === 'places') return undefined;
    const stopped = await gate.stopped(ruling);
    if (stopped || (waitsFor !== undefined && parseWaitsFor(waitsFor)?.kind !== 'limit')) return stopped;
    return heldBy === 'limit' ? gate.limited(identity, ruling) : undefined;
  }

  /** What its owner mended, or what was fixed, has nothing to close unless a finding of it is still open. */
  private async hasOpen(identity: FindingIdentity): Promise<boolean> {
    const latest = await this.parts.ledger.latest(identity);
    return latest !== undefined && isOpen(latest.state);
  }

  /** Looks until nobody has asked for another look, a bounded number of times. */
  private async look(errand: Errand, remaining: Remaining): Promise<void> {
    for (let round = 1, conflicts = 0; ; ) {
      try {
        const record = await this.lookOnce(errand, remaining);
        if (!record?.revisit || round >= maximumRounds || remaining() < lookMilliseconds) return;
        round += 1;
      } catch (error) {
        conflicts += 1;
        const again = conflicts <= maximumConflicts && remaining() >= lookMilliseconds;
        if (!(error instanceof ConflictError) || !again) throw error;
      }
    }
  }

  /**
   * One look at the resource.
   * @returns the record after it; undefined when the finding is another worker's
   * @throws ConflictError when another worker was faster: decide anew
   */
  private async lookOnce(errand: Errand, remaining: Remaining): Promise<FindingRecord | undefined> {
    const { ledger, now } = this.parts;
    const latest = await ledger.latest(errand.identity);
    if (errand.trigger === 'sweep' && latest && !needsLook(latest, now())) return undefined;
    if (latest && isLeased(latest, now())) return this.leaveToHolder(latest);
    if (latest && isOpenRecord(latest)) {
      if (await this.hasToWait(latest, errand)) return latest;
      const lease = this.worker.newLease(remaining());
      const why = errand.trigger === 'sweep' && !latest.revisit ? 'daily' : 'look';
      const taken = await ledger.replace(latest, take(latest, lease, now(), why));
      return this.worker.work(errand, taken, remaining);
    }
    if (latest) return this.lookAtClosed(errand, latest, remaining);
    return (await this.places.wait(errand)) ?? this.workOnNew(errand, 1, remaining);
  }

  /** A message gets nothing looked at that waits for a place; the sweep takes up as many as there are places. */
  private async hasToWait(record: OpenRecord, errand: Errand): Promise<boolean> {
    if (heldByOf(record) !== 'places' || record.revisit || errand.trigger === 'sweep') return false;
    return !(await this.places.hasFree(errand.ruling));
  }

  /** A closed finding is opened again only by what a look saw, never by a late message or a look that failed. */
  private async lookAtClosed(
    errand: Errand,
    closed: ClosedRecord,
    remaining: Remaining,
  ): Promise<FindingRecord | undefined> {
    const occurrence = closed.occurrence + 1;
    const seen = await this.worker.plan(errand, occurrence);
    if (seen.outcome === 'already-compliant' && errand.ruling.flag === undefined) {
      throw new UnresolvedRulingError(
        `${closed.finding} complies by the control's defaults, but what the policy says cannot be told: ${errand.ruling.decidedBy}`,
      );
    }
    if (seen.outcome === 'already-compliant' || seen.outcome === 'gone') {
      this.parts.log.info('Nothing new', { finding: closed.finding, outcome: seen.outcome });
      return this.strikeRevisit(closed);
    }
    if (seen.outcome !== 'planned' && seen.outcome !== 'refused') return this.lookLater(closed, seen);
    return this.workOnNew(errand, occurrence, remaining, { closed, seen });
  }

  /** A look that failed saw nothing. It is repeated after pauses that grow, and people are told once it keeps failing. */
  private async lookLater(closed: ClosedRecord, { reason = '' }: Answer): Promise<FindingRecord> {
    const { ledger, notices, log, now } = this.parts;
    log.warn('A closed finding could not be looked at', { finding: closed.finding, reason });
    const later = await ledger.change(closed, (fresh) =>
      isOpenRecord(fresh) ? undefined : lookFailed(fresh, now(), lookPause),
    );
    if (isOpen(later.state) || later.tries < maximumTries) return later;
    const { accountId } = closed.identity;
    const at = now().toISOString();
    await notices.give(
      {
        version: 1,
        // Once a day for an account, however many of its findings there are.
        noticeId: `unseen#${accountId}#${at.slice(0, 10)}`,
        title: `Account ${accountId} cannot be looked at`,
        text: `A message says that something is open again in account ${accountId}, and looking at it keeps failing: ${reason} It is looked at once a day.`,
        at,
      },
      now(),
    );
    return later;
  }

  /** @param atLeast its number; a later one where saved states of a finding that has expired still bear that number */
  private async workOnNew(
    errand: Errand,
    atLeast: number,
    remaining: Remaining,
    after?: { closed: ClosedRecord; seen: Awaited<ReturnType<Worker['plan']>> },
  ): Promise<FindingRecord | undefined> {
    const { ledger, savedStates, now } = this.parts;
    const { identity, control } = errand;
    const occurrence = Math.max(atLeast, (await savedStates.lastOccurrence(identity)) + 1);
    const lease = this.worker.newLease(remaining());
    const next = open(identity, occurrence, control.severity, lease, now());
    const opened = after
      ? await ledger.createAfter(revisited(after.closed), next)
      : await ledger.create(next);
    return this.worker.work(errand, opened, remaining, after?.seen);
  }

  /** Asks the worker that has the finding to look again after its work. */
  private async leaveToHolder(record: FindingRecord): Promise<undefined> {
    await this.parts.ledger.change(record, (fresh) => {
      if (!isLeased(fresh, this.parts.now())) throw new ConflictError('The worker has finished meanwhile.');
      return fresh.revisit ? undefined : askForRevisit(fresh);
    });
    this.parts.log.info('Left to the worker that has it', { finding: record.finding });
  }

  /** Ends what can never be looked at again: its control is gone, its account has left, its Region is not watched. */
  private async giveUp(record: FindingRecord, reason: string, remaining: Remaining): Promise<void> {
    const { ledger, now } = this.parts;
    if (!isOpenRecord(record)) {
      await this.strikeRevisit(record);
      return;
    }
    const taken = await ledger.replace(record, take(record, this.worker.newLease(remaining()), now()));
    await this.worker.settle(taken, givenUpOutcome(reason, now()));
  }

  private async strikeRevisit(record: FindingRecord): Promise<FindingRecord> {
    return this.parts.ledger.change(record, (fresh) =>
      // Its fix may have been undone meanwhile: then it rests until the exemption ends.
      !isOpenRecord(fresh) && (fresh.revisit || fresh.lookAgainAt !== undefined)
        ? revisited(fresh)
        : undefined,
    );
  }
}

function isHeldStill(record: FindingRecord): record is RecordIn<'held'> {
  return record.state === 'held' && !record.revisit;
}

function isSameRest({ heldBy, waitsFor, lookAgainAt }: RecordIn<'held'>, verdict: HeldVerdict): boolean {
  return heldBy === verdict.heldBy && waitsFor === verdict.waitsFor && lookAgainAt === verdict.lookAgainAt;
}

/** Once a day after as many tries as an open finding has. */
function lookPause(tries: number): number {
  return tries < maximumTries ? backoffMilliseconds(tries) : dayMilliseconds;
}
