import type { CompiledPolicy } from '../../config/compiled';
import { anyFlagOn } from '../../config/flag';
import type { FindingIdentity } from '../../contract/finding';
import { isOpen } from '../../contract/states';
import { hasWork, isLeased, needsLook } from '../ledger/due';
import { ConflictError } from '../ledger/errors';
import type { PolicyProgressStore } from '../ledger/policy-progress';
import type { FindingRecord, RecordKey } from '../ledger/record';
import { askForRevisit, open, restUntil, revisited, superseded, take } from '../ledger/transitions';
import type { Gate } from './gate';
import { checkRegion, type FindControl, fixableControl, parseMessage, UnusableMessageError } from './message';
import { UnknownAccountError } from './organization';
import { givenUpOutcome } from './outcome';
import { type Places, rulingFor } from './ruling';
import { lookMilliseconds, type Remaining } from './time-limits';
import { type Subject, Worker, type WorkerParts } from './worker';

/** How often one invocation looks again because messages kept arriving; the sweep does the rest. */
const maximumRounds = 3;
const maximumConflicts = 5;

/** Thrown when work is left on a finding that no sweep does: the message has to come back. */
export class StillDueError extends Error {
  override readonly name = 'StillDueError';
}

/** Thrown when a look means nothing, because the policy's parameters could not be told: the message has to come back. */
export class UnresolvedRulingError extends Error {
  override readonly name = 'UnresolvedRulingError';
}

/** What the coordinator works with. */
export interface CoordinatorParts extends Omit<WorkerParts, 'applyLossy'> {
  gate: Pick<Gate, 'hold' | 'stopped' | 'limitedUntil'>;
  progress: Pick<PolicyProgressStore, 'forget'>;
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

  constructor(private readonly parts: CoordinatorParts) {
    this.worker = new Worker({ ...parts, applyLossy: parts.policy.lossy === 'apply' });
  }

  /**
   * Handles one message of the remediation queue. When it returns, the finding is recorded, or another worker has it and
   * will look again.
   * @param body the message's body
   * @throws UnusableMessageError, UnknownAccountError when the message can never be handled
   * @throws StillDueError when work is left on its finding while the sweep is disabled
   */
  async receive(body: string, remaining: Remaining): Promise<void> {
    const { findControl, policy, organization } = this.parts;
    const { identity, control, says } = parseMessage(body, findControl);
    checkRegion(identity.region, policy.regions);
    if (says === 'finding' || (await this.hasOpen(identity))) {
      const ruling = await rulingFor(identity, policy, organization, this.parts.now());
      await this.look({ identity, control, ruling, trigger: 'message' }, remaining);
    }
    if (anyFlagOn(policy)) return;
    // No sweep looks through the ledger now: whatever policy comes next, it is a changed one.
    await this.parts.progress.forget();
    await this.leaveNothingDue(identity);
  }

  /**
   * Does what a due record waits for: sends its reports, tries again, finishes what stopped half-way.
   * @param key of the record, as the index names it; the record itself is read again
   */
  async resume(key: RecordKey, remaining: Remaining): Promise<void> {
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
      if (await this.goesOnResting(record, ruling.place)) return;
      await this.look({ identity: record.identity, control, ruling, trigger: 'sweep' }, remaining);
    } catch (error) {
      if (!(error instanceof UnusableMessageError || error instanceof UnknownAccountError)) throw error;
      await this.giveUp(record, error.message, remaining);
    }
  }

  /** While Staunch is stopped, or the limit is used up, what is held for it is not even looked at. */
  private async goesOnResting(record: FindingRecord, place: readonly string[]): Promise<boolean> {
    const { ledger } = this.parts;
    if (record.state !== 'held' || record.revisit) return false;
    const until = await this.restsUntil(record, place);
    if (!until) return false;
    const rested = await ledger.change(record, (fresh) =>
      fresh.state === 'held' && !fresh.revisit ? restUntil(fresh, until) : undefined,
    );
    return rested.state === 'held' && !rested.revisit;
  }

  private async restsUntil(
    { heldBy, identity, occurrence }: FindingRecord,
    place: readonly string[],
  ): Promise<Date | undefined> {
    const { gate } = this.parts;
    if (heldBy === 'limit') return gate.limitedUntil(identity, occurrence);
    if (heldBy !== 'stop') return undefined;
    const { lookAgainAt } = (await gate.stopped(place)) ?? {};
    return lookAgainAt === undefined ? undefined : new Date(lookAgainAt);
  }

  /** What its owner mended, or what was fixed, has nothing to close unless a finding of it is still open. */
  private async hasOpen(identity: FindingIdentity): Promise<boolean> {
    const latest = await this.parts.ledger.latest(identity);
    return latest !== undefined && isOpen(latest.state);
  }

  /**
   * While every flag is off the sweep is disabled, and only messages lead to work: one whose finding has a look or a
   * report left over must not be lost.
   * @throws StillDueError when something is left, and nobody else is at it
   */
  private async leaveNothingDue(identity: FindingIdentity): Promise<void> {
    const latest = await this.parts.ledger.latest(identity);
    if (!latest || isLeased(latest, this.parts.now())) return;
    const record = await this.worker.sendReports(latest);
    // What only rests until some time has nothing to fix then, while every flag is off.
    if (!hasWork(record)) return;
    throw new StillDueError(
      `${record.finding} is ${record.state}, and work is left on it, which no sweep does while every flag is off.`,
    );
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
    if (latest && isOpen(latest.state)) {
      const lease = this.worker.newLease(remaining());
      return this.worker.work(errand, await ledger.replace(latest, take(latest, lease, now())), remaining);
    }
    return latest ? this.lookAtClosed(errand, latest, remaining) : this.workOnNew(errand, 1, remaining);
  }

  /** A closed finding is opened again only by what the resource shows, never by a late message alone. */
  private async lookAtClosed(
    errand: Errand,
    closed: FindingRecord,
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
    return this.workOnNew(errand, occurrence, remaining, { closed, seen });
  }

  private async workOnNew(
    errand: Errand,
    occurrence: number,
    remaining: Remaining,
    after?: { closed: FindingRecord; seen: Awaited<ReturnType<Worker['plan']>> },
  ): Promise<FindingRecord | undefined> {
    const { ledger, now } = this.parts;
    const { identity, control } = errand;
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
    if (!isOpen(record.state)) {
      await this.strikeRevisit(record);
      return;
    }
    const taken = await ledger.replace(record, take(record, this.worker.newLease(remaining()), now()));
    await this.worker.settle(taken, givenUpOutcome(reason));
  }

  private async strikeRevisit(record: FindingRecord): Promise<FindingRecord> {
    return this.parts.ledger.change(record, (fresh) => (fresh.revisit ? revisited(fresh) : undefined));
  }
}
