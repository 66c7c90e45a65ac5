import { type OrderAnswer, type OrderOf, orderVersion } from '../../../core/order';
import { present } from '../../../core/present';
import { states } from '../../../core/states';
import { utc } from '../../../core/utc';
import { deniedVerdict } from '../../../decision/approval';
import {
  type Decision,
  type FindingRecord,
  isOpenRecord,
  type Received,
} from '../../../ledger/findings/record';
import { decisionOf } from '../../../ledger/findings/record-parts';
import { TransitionError } from '../../../ledger/table/errors';
import { counts, decided, isDecidedOn } from '../../../ledger/transitions/decide';
import { take } from '../../../ledger/transitions/take';
import { Worker } from '../attempt/worker';
import { rulingFor } from '../deciding/ruling';
import type { CoordinatorParts } from '../intake/coordinator';
import { fixableControl } from '../intake/hint';
import { checkRegion } from '../intake/message';
import { Recorder } from '../recording/recorder';
import type { Remaining } from '../time-limits';
import { OrderRefusedError } from './refused';
import { saidBefore } from './said-before';
import { latestOf, type TakingParts, takeWhenFree } from './taking';

/**
 * Takes people's decisions about findings that wait. The last decision before the fix counts, and it is about one plan only:
 * the resource is read again, and where its plan is another one by now, that one waits to be decided on. An approval expires.
 */
export class Deciding {
  private readonly worker: Worker;
  private readonly recorder: Recorder;

  constructor(private readonly parts: CoordinatorParts & Pick<TakingParts, 'pause'>) {
    this.worker = new Worker(parts);
    this.recorder = new Recorder(parts);
  }

  /**
   * @param isRepeated whether an earlier try of the same order may have done all of it, and not told so
   * @throws OrderRefusedError when nothing is to be decided, or another plan is shown by now
   */
  async approve(order: OrderOf<'approve'>, remaining: Remaining, isRepeated: boolean): Promise<OrderAnswer> {
    if (isRepeated) {
      const record = await latestOf(order, this.parts.ledger);
      if (!isOpenRecord(record)) return approvedBefore(record);
    }
    const { findControl, policy, organization, now } = this.parts;
    checkRegion(order.finding.region, policy.regions);
    const control = fixableControl(order.finding.control, findControl);
    const ruling = await rulingFor(order.finding, policy, organization, now());
    const until = new Date(now().getTime() + policy.approvals.expireMinutes * 60_000).toISOString();
    const { plan, by, reason } = order;
    const decision = { what: 'approved', plan, by, until, ...present({ reason }) } as const;
    const taken = await this.take(order, remaining, decision);
    const record = await this.worker.work({ identity: taken.identity, control, ruling }, taken, remaining);
    return approvedAnswer(record ?? taken);
  }

  /** @throws OrderRefusedError when nothing is to be decided, or another plan is shown by now */
  async deny(order: OrderOf<'deny'>, remaining: Remaining): Promise<OrderAnswer> {
    const { plan, by, reason } = order;
    const taken = await this.take(order, remaining, { what: 'denied', plan, by, reason });
    const { decision } = taken;
    if (!decision) throw new OrderRefusedError('The decision was not recorded. Try again.');
    await this.recorder.settle(taken, { ...deniedVerdict(decision), ...saidBefore(taken) });
    return answered(
      true,
      'Denied. It is left as it is until its plan would be another one, or an operator approves it.',
    );
  }

  /** Writes the decision and takes the finding, in one write. */
  private async take(
    order: OrderOf<'approve'> | OrderOf<'deny'>,
    remaining: Remaining,
    decision: Omit<Decision, 'seen' | 'lossy' | 'at'>,
  ): Promise<Received> {
    const latest = () => latestOf(order, this.parts.ledger);
    const { taken } = await takeWhenFree(latest, remaining, this.parts, (record) => {
      try {
        const { now } = this.parts;
        const { seenDigest, plan } = record;
        const earlier = decisionOf(record);
        if (order.unlessDecided) checkUndecided(earlier, decision, now());
        if (decision.what === 'approved') checkNotDeniedSince(earlier, order.at);
        const seen = seenDigest ?? earlier?.seen ?? '';
        const lossy = plan ? plan.lossy : earlier?.lossy === true;
        const next = decided(record, { ...decision, seen, lossy, at: now().toISOString() });
        return { before: record, taken: take(next, this.worker.newLease(remaining()), now(), 'order') };
      } catch (error) {
        throw refusal(error, record, order.plan);
      }
    });
    return taken;
  }
}

/**
 * What was shown as undecided is decided by the first one alone. The same decision of the same person is the order once more.
 * @param said what the order says
 */
function checkUndecided(
  earlier: Decision | undefined,
  { what, by, plan }: Pick<Decision, 'what' | 'by' | 'plan'>,
  now: Date,
): void {
  if (!counts(earlier, now) || !isDecidedOn(earlier.what, earlier.plan, { digest: plan })) return;
  if (earlier.what === what && earlier.by === by) return;
  throw new OrderRefusedError(
    `It was decided before, so nothing was done: ${earlier.by} ${earlier.what} it at ${utc(earlier.at)}.`,
  );
}

/** An approval that is late, or carried out again, is older than a denial that came meanwhile. */
function checkNotDeniedSince(earlier: Decision | undefined, orderedAt: string): void {
  if (earlier?.what !== 'denied' || Date.parse(earlier.at) <= Date.parse(orderedAt)) return;
  throw new OrderRefusedError(
    `It was denied after this was ordered, by ${earlier.by}. Approve it again if it is to be fixed all the same.`,
  );
}

/** What somebody who wants it fixed can do. */
const flagIsOff = ' Its flag is off: set it to approval or on in the policy, and deploy that.';

function refusal(error: unknown, { state, planDigest }: FindingRecord, plan: string): unknown {
  if (!(error instanceof TransitionError)) return error;
  return new OrderRefusedError(
    planDigest !== undefined && planDigest !== plan
      ? 'The plan is not the one that was shown any more. Look at the finding again, and decide on that.'
      : `It is ${states[state].title}: there is nothing to decide.${state === 'reported' ? flagIsOff : ''}`,
  );
}

/** The answer to a repeated order whose finding is closed by now. */
function approvedBefore({ state }: FindingRecord): OrderAnswer {
  return answered(true, `Approved before, or not needed any more: it is ${states[state].title}.`);
}

function approvedAnswer(record: FindingRecord): OrderAnswer {
  const { state, reason = '', plan } = record;
  const changes = plan?.changes.map(({ text }) => text) ?? [];
  switch (state) {
    case 'fixed':
      return { ...answered(true, 'Approved, and fixed.'), changes };
    case 'already-compliant':
    case 'gone':
      return answered(true, `Nothing had to be changed: it is ${states[state].title}.`);
    case 'held':
      return answered(true, `Approved. The fix waits for its time: ${reason}`);
    case 'waiting':
      return {
        ...answered(
          false,
          'The resource differs by now, so nothing was changed. This is the new plan to decide on.',
        ),
        changes,
      };
    default:
      return answered(
        false,
        decisionOf(record)
          ? `Approved, and not fixed yet: ${reason || `it is ${states[state].title}.`}`
          : `Not fixed: it is ${states[state].title}. ${reason}`.trim(),
      );
  }
}

function answered(done: boolean, text: string): OrderAnswer {
  return { version: orderVersion, done, text };
}
