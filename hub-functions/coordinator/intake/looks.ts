import { findingKey } from '../../../core/finding';
import { isLeased, needsLook } from '../../../ledger/findings/due';
import {
  type ClosedRecord,
  type FindingRecord,
  isOpenRecord,
  type OpenRecord,
} from '../../../ledger/findings/record';
import type { UnreachableAccounts } from '../../../ledger/organization/unreachable-accounts';
import type { SavedStates } from '../../../ledger/saved/saved-states';
import { ConflictError } from '../../../ledger/table/errors';
import type { Notices } from '../../../ledger/told/notices';
import { open } from '../../../ledger/transitions/open';
import { askForRevisit, revisited } from '../../../ledger/transitions/rest';
import { take } from '../../../ledger/transitions/take';
import { Worker, type WorkerParts } from '../attempt/worker';
import { lookMilliseconds, type Remaining } from '../time-limits';
import { isDangerousAgain, isNoFinding, leaveClosed } from './closed-findings';
import type { Errand } from './errand';
import { OpenPlaces } from './open-places';
import { addOpener } from './openers';

/** How often one invocation looks again because messages kept arriving; the sweep does the rest. */
const maximumRounds = 3;
const maximumConflicts = 5;

/** What looks take. */
export interface LooksParts extends WorkerParts {
  unreachableAccounts: WorkerParts['unreachableAccounts'] & Pick<UnreachableAccounts, 'forget'>;
  savedStates: WorkerParts['savedStates'] & Pick<SavedStates, 'lastOccurrence'>;
  notices: Pick<Notices, 'give'>;
}

/** Finds the record of a finding, or opens one, and has a worker take it and work it out. */
export class Looks {
  private readonly worker: Worker;
  private readonly places: OpenPlaces;

  constructor(private readonly parts: LooksParts) {
    this.worker = new Worker(parts);
    this.places = new OpenPlaces(parts);
  }

  /** Looks until nobody has asked for another look, a bounded number of times. */
  async look(errand: Errand, remaining: Remaining): Promise<void> {
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
    const found = await ledger.latest(errand.identity);
    if (!found) return (await this.places.wait(errand)) ?? this.lookAtFirst(errand, remaining);
    const { record: latest, isAll } = await addOpener(errand, found, ledger);
    if (isAll) return undefined;
    if (errand.trigger === 'sweep' && !needsLook(latest, now())) return undefined;
    if (isLeased(latest, now())) return this.leaveToHolder(latest);
    return isOpenRecord(latest)
      ? this.workOnOpen(errand, latest, remaining)
      : this.lookAtClosed(errand, latest, remaining);
  }

  private async workOnOpen(
    errand: Errand,
    latest: OpenRecord,
    remaining: Remaining,
  ): Promise<FindingRecord | undefined> {
    const { ledger, now } = this.parts;
    if (await this.hasToWait(latest, errand)) return latest;
    const lease = this.worker.newLease(remaining());
    const why = errand.trigger === 'sweep' && !latest.revisit ? 'daily' : 'look';
    const taken = await ledger.replace(latest, take(latest, lease, now(), why));
    return this.worker.work(errand, taken, remaining);
  }

  /** A message gets nothing looked at that waits for a place; the sweep takes up as many as there are places. */
  private async hasToWait(record: OpenRecord, errand: Errand): Promise<boolean> {
    const isHeld = record.state === 'held' && record.heldBy === 'places';
    if (!isHeld || record.revisit || errand.trigger === 'sweep') return false;
    return !(await this.places.hasFree(errand.ruling));
  }

  private async lookAtClosed(
    errand: Errand,
    closed: ClosedRecord,
    remaining: Remaining,
  ): Promise<FindingRecord | undefined> {
    const { ledger } = this.parts;
    const following = closed.occurrence + 1;
    const seen = await this.worker.plan(errand, following);
    if (!isDangerousAgain(errand, seen)) return leaveClosed(closed, seen, this.parts);
    const next = await this.newOccurrence(errand, following, remaining);
    const opened = await ledger.createAfter(revisited(closed), next);
    return this.worker.work(errand, opened, remaining, seen);
  }

  /** What may be dangerous is seen before it is recorded: most of it is not. */
  private async lookAtFirst(errand: Errand, remaining: Remaining): Promise<FindingRecord | undefined> {
    const seen =
      errand.trigger === 'message' && errand.says === 'look' && (await this.worker.plan(errand, 1));
    if (seen && isNoFinding(errand, seen)) {
      const { outcome } = seen;
      this.parts.log.info('Nothing new', { finding: findingKey(errand.identity), outcome });
      await this.addOpenerOfMeanwhile(errand);
      return undefined;
    }
    const first = await this.newOccurrence(errand, 1, remaining);
    // Whoever opened the first one during the look has saved states of it maybe, and the number after it is free.
    if (first.occurrence > 1 && (await this.parts.ledger.latest(errand.identity))) {
      throw new ConflictError('Another worker has opened a finding of it meanwhile.');
    }
    const opened = await this.parts.ledger.create(first);
    return this.worker.work(errand, opened, remaining, seen || undefined);
  }

  /** Another detector's finding may have been opened and fixed during the look; who opened it is known here alone. */
  private async addOpenerOfMeanwhile(errand: Errand): Promise<void> {
    if (errand.origin?.opened === undefined) return;
    const { ledger } = this.parts;
    const meanwhile = await ledger.latest(errand.identity);
    if (meanwhile) await addOpener(errand, meanwhile, ledger);
  }

  /** @param atLeast its number; a later one where saved states of a finding that has expired still bear that number */
  private async newOccurrence({ identity, control, origin }: Errand, atLeast: number, remaining: Remaining) {
    const { savedStates, now } = this.parts;
    const occurrence = Math.max(atLeast, (await savedStates.lastOccurrence(identity)) + 1);
    return open(identity, occurrence, control.severity, this.worker.newLease(remaining()), now(), origin);
  }

  /** Asks the worker that has the finding to look again after its work. */
  private async leaveToHolder(record: FindingRecord): Promise<undefined> {
    await this.parts.ledger.change(record, (fresh) => {
      if (!isLeased(fresh, this.parts.now())) throw new ConflictError('The worker has finished meanwhile.');
      return fresh.revisit ? undefined : askForRevisit(fresh);
    });
    this.parts.log.info('Left to the worker that has it', { finding: record.finding });
  }
}
