import { findingId } from '../../../contract/finding';
import { type OrderAnswer, orderVersion, type UndoOrder } from '../../../contract/order';
import { states } from '../../../contract/states';
import { isLeased } from '../../ledger/due';
import { ConflictError } from '../../ledger/errors';
import type { Exemption, Exemptions } from '../../ledger/exemptions';
import type { FindingRecord } from '../../ledger/record';
import { type Outcome, putBackAs, takeToUndo } from '../../ledger/transitions';
import type { CoordinatorParts } from '../coordinator';
import { type Ruling, undoneVerdict } from '../decide';
import { checkRegion, fixableControl } from '../message';
import { settledOutcome } from '../outcome';
import type { Answer } from '../remediation-result';
import { rulingFor } from '../ruling';
import { fixMilliseconds, type Remaining } from '../time-limits';
import { Worker } from '../worker';
import { OrderRefusedError } from './refused';

/** What undoing takes, beside what the coordinator works with. */
export interface UndoParts {
  exemptions: Exemptions;
  /** Waits so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

/** How far ahead the end of an exemption may lie. */
const mostMilliseconds = 366 * 24 * 60 * 60 * 1000;

const busy = 'Somebody works on it right now. Try again in a few minutes.';

/** How often, and how long, an order waits for whoever works on the finding right now. */
const busyTries = 20;
const busyMilliseconds = 1_000;

/**
 * Undoes fixes. The exemption is written first, so that nothing fixes again what is being given back, wherever this stops;
 * an undo that stopped half-way is completed by ordering it again.
 */
export class Undoing {
  private readonly worker: Worker;

  constructor(private readonly parts: CoordinatorParts & UndoParts) {
    this.worker = new Worker({ ...parts, applyLossy: false });
  }

  /**
   * @throws OrderRefusedError when nothing can be undone as things are
   * @throws UnusableMessageError, UnknownAccountError when the order names what does not exist
   */
  async undo(order: UndoOrder, remaining: Remaining): Promise<OrderAnswer> {
    const { findControl, policy, organization, ledger, exemptions, now } = this.parts;
    checkRegion(order.finding.region, policy.regions);
    const control = fixableControl(order.finding.control, findControl);
    const ruling = await rulingFor(order.finding.accountId, policy, organization);
    const until = expiryOf(order, now());
    if (remaining() < fixMilliseconds) throw new OrderRefusedError('Too little time is left. Try again.');
    const { before, taken } = await this.takeWhenFree(order, remaining);
    const earlier = await exemptions.read(before.identity);
    const exemption: Exemption = {
      reason: sentence(order.reason),
      by: order.by,
      until,
      writtenAt: now().toISOString(),
    };
    await exemptions.write(before.identity, exemption);
    const answer = await this.parts.remediate({
      mode: 'undo',
      control,
      identity: before.identity,
      occurrence: before.occurrence,
      attempt: taken.attempt,
      applyLossy: false,
    });
    if (answer.outcome === 'undone') {
      await this.settle(taken, ruling, exemption, answer);
      return answered(true, `Undone. It is not fixed again before ${until}.`, answer);
    }
    if (answer.outcome !== 'gone' && (answer.applied > 0 || answer.unheard)) {
      await this.settle(taken, ruling, exemption, answer);
      const how = answer.unheard ? 'Nobody heard how the undo ended' : 'Undone only in part';
      return answered(false, `${how}: ${answer.reason ?? ''} Order it again to complete it.`, answer);
    }
    await exemptions.takeBack(before.identity, exemption, earlier);
    await ledger.change(taken, (fresh) => putBackAs(fresh, taken.lease?.holder ?? '', before));
    const text = answer.outcome === 'gone' ? 'The resource no longer exists.' : (answer.reason ?? '');
    return answered(false, `Nothing was undone. ${text}`.trim(), answer);
  }

  /** The occurrence that the order names, if it can be undone by now. */
  private async undoable({ finding, occurrence }: UndoOrder): Promise<FindingRecord> {
    const latest = await this.parts.ledger.latest(finding);
    if (!latest) throw new OrderRefusedError(`There is no finding ${findingId(finding, occurrence)}.`);
    if (latest.occurrence === occurrence) return latest;
    throw new OrderRefusedError(
      latest.occurrence > occurrence
        ? `The resource was opened again since: ${findingId(finding, latest.occurrence)} is ${states[latest.state].title}. Only the latest occurrence can be undone.`
        : `There is no occurrence ${occurrence}; the latest is ${findingId(finding, latest.occurrence)}.`,
    );
  }

  private async takeWhenFree(
    order: UndoOrder,
    remaining: Remaining,
  ): Promise<{ before: FindingRecord; taken: FindingRecord }> {
    for (let tries = 1; tries <= busyTries && remaining() >= fixMilliseconds; tries += 1) {
      const before = await this.undoable(order);
      const taken = await this.take(before, remaining);
      if (taken) return { before, taken };
      await this.parts.pause(busyMilliseconds);
    }
    throw new OrderRefusedError(busy);
  }

  /** @returns undefined while another worker has it */
  private async take(record: FindingRecord, remaining: Remaining): Promise<FindingRecord | undefined> {
    const { ledger, now } = this.parts;
    if (isLeased(record, now())) return undefined;
    if (states[record.state].open === false && record.state !== 'fixed') {
      throw new OrderRefusedError(
        `It is ${states[record.state].title}: Staunch changed nothing in this occurrence.`,
      );
    }
    try {
      return await ledger.replace(record, takeToUndo(record, this.worker.newLease(remaining()), now()));
    } catch (error) {
      if (error instanceof ConflictError) return undefined;
      throw error;
    }
  }

  /** Records that the danger is back, as far as the undo came. */
  private async settle(
    taken: FindingRecord,
    ruling: Ruling,
    exemption: Exemption,
    answer: Answer,
  ): Promise<void> {
    const { violations, plan } = answer;
    const outcome: Outcome = settledOutcome(
      {
        verdict: undoneVerdict(exemption),
        ruling,
        findings: { violations, ...(plan && { plan }) },
        fixBegun: false,
        ...(answer.unheard && { unheard: true }),
      },
      taken.tries,
      this.parts.now(),
    );
    await this.worker.settle(taken, outcome);
  }
}

/** @returns ISO 8601 in UTC with milliseconds */
function expiryOf({ until }: UndoOrder, now: Date): string {
  const end = Date.parse(until);
  if (end <= now.getTime()) throw new OrderRefusedError(`The expiry ${until} has passed.`);
  if (end - now.getTime() > mostMilliseconds) {
    throw new OrderRefusedError(`The expiry ${until} is more than a year ahead.`);
  }
  return new Date(end).toISOString();
}

/** With a full stop, so that another sentence may follow. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function answered(done: boolean, text: string, answer: Answer): OrderAnswer {
  const { given, differences, errorCode } = answer;
  return {
    version: orderVersion,
    done,
    text,
    ...(given && { changes: given.map((change) => change.text) }),
    ...(differences && { differences }),
    ...(errorCode !== undefined && { errorCode }),
  };
}
