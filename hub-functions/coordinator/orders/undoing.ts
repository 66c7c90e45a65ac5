import { type OrderAnswer, orderVersion, type UndoOrder } from '../../../contract/order';
import type { Exemption, Exemptions } from '../../ledger/exemptions';
import type { FindingRecord } from '../../ledger/record';
import { type Outcome, putBackAs, takeToUndo } from '../../ledger/transitions';
import type { CoordinatorParts } from '../coordinator';
import type { Ruling } from '../decide';
import { undoneVerdict } from '../exempting';
import { checkRegion, fixableControl } from '../message';
import { mayHaveChanged, settledOutcome } from '../outcome';
import type { Answer } from '../remediation-result';
import { rulingFor } from '../ruling';
import { fixMilliseconds, type Remaining } from '../time-limits';
import { Worker } from '../worker';
import { OrderRefusedError } from './refused';
import { type TakingParts, takeWhenFree } from './taking';

/** What undoing takes, beside what the coordinator works with. */
export interface UndoParts {
  exemptions: Exemptions;
  pause: TakingParts['pause'];
}

/** How far ahead the end of an exemption may lie. */
const mostMilliseconds = 366 * 24 * 60 * 60 * 1000;

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
    const ruling = await rulingFor(order.finding, policy, organization, now());
    const until = expiryOf(order, now());
    if (remaining() < fixMilliseconds) throw new OrderRefusedError('Too little time is left. Try again.');
    const { before, taken } = await takeWhenFree(order, remaining, this.parts, (record) => {
      if (record.state === 'gone') throw new OrderRefusedError('The resource no longer exists.');
      return takeToUndo(record, this.worker.newLease(remaining()), now());
    });
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
      parameters: ruling.parameters,
      place: ruling.place,
    });
    if (answer.outcome === 'undone') {
      await this.settle(taken, ruling, exemption, answer);
      return answered(true, `Undone. It is not fixed again before ${until}.`, answer);
    }
    if (answer.outcome !== 'gone' && mayHaveChanged(answer)) {
      await this.settle(taken, ruling, exemption, answer);
      return answered(false, inPart(answer), answer);
    }
    await exemptions.takeBack(before.identity, exemption, earlier);
    await ledger.change(taken, (fresh) => putBackAs(fresh, taken.lease?.holder ?? '', before));
    const text = answer.outcome === 'gone' ? 'The resource no longer exists.' : (answer.reason ?? '');
    return answered(false, `Nothing was undone. ${text}`.trim(), answer);
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
    // Whether it changed anything is asked of the resource itself.
    await this.worker.settle(taken, { ...outcome, ...(answer.outcome !== 'undone' && { undoing: true }) });
  }
}

function inPart({ unheard, mayHaveWritten, outcome, reason = '' }: Answer): string {
  const how = unheard || mayHaveWritten ? 'Nobody heard how the undo ended' : 'Undone only in part';
  // What AWS never takes back no further order completes.
  const again = outcome === 'refused' ? '' : 'Order it again to complete it.';
  return `${how}: ${reason} ${again}`.trim();
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
