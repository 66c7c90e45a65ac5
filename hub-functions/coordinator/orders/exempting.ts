import { type OrderAnswer, type OrderOf, orderVersion } from '../../../core/order';
import { states } from '../../../core/states';
import { utc } from '../../../core/utc';
import { orderedVerdict } from '../../../decision/exemption-questions';
import type { Exemptions } from '../../../ledger/findings/exemptions';
import { type FindingRecord, isOpenRecord } from '../../../ledger/findings/record';
import { take } from '../../../ledger/transitions/take';
import { Worker } from '../attempt/worker';
import type { CoordinatorParts } from '../intake/coordinator';
import { fixableControl } from '../intake/hint';
import { checkRegion } from '../intake/message';
import { Recorder } from '../recording/recorder';
import type { Remaining } from '../time-limits';
import { checkedExpiry, exemptionOf } from './exemption';
import { OrderRefusedError } from './refused';
import { saidBefore } from './said-before';
import { latestOf, type TakingParts, takeWhenFree } from './taking';

/** What exempting takes, beside what the coordinator works with. */
export interface ExemptingParts {
  exemptions: Pick<Exemptions, 'write'>;
  pause: TakingParts['pause'];
}

/** A record of an occurrence that is open. */
type Exemptable = Parameters<typeof take>[0];

/**
 * Leaves resources as they are until a time, because a person says so. The exemption is written before the finding is: wherever this
 * stops, the next look finds it.
 */
export class Exempting {
  private readonly worker: Worker;
  private readonly recorder: Recorder;

  constructor(private readonly parts: CoordinatorParts & ExemptingParts) {
    this.worker = new Worker(parts);
    this.recorder = new Recorder(parts);
  }

  /**
   * @throws OrderRefusedError when there is nothing to leave as it is
   * @throws UnusableMessageError when the order names what does not exist
   */
  async exempt(order: OrderOf<'exempt'>, remaining: Remaining): Promise<OrderAnswer> {
    const { findControl, policy, ledger, exemptions, now } = this.parts;
    checkRegion(order.finding.region, policy.regions);
    fixableControl(order.finding.control, findControl);
    const until = checkedExpiry(order, now());
    const latest = () => latestOf(order, ledger);
    const { taken } = await takeWhenFree(latest, remaining, this.parts, (record) => {
      const before = exemptable(record);
      return { before, taken: take(before, this.worker.newLease(remaining()), now(), 'order') };
    });
    const exemption = exemptionOf(order, until, now());
    await exemptions.write(taken.identity, exemption);
    await this.recorder.settle(taken, { ...orderedVerdict(exemption), ...saidBefore(taken) });
    const text = `Exempt. The resource stays as it is, and is not fixed before ${utc(until)}.`;
    return { version: orderVersion, done: true, text };
  }
}

/** @throws OrderRefusedError when there is nothing to leave as it is */
function exemptable(record: FindingRecord): Exemptable {
  const { title } = states[record.state];
  if (!isOpenRecord(record)) {
    const undo = record.state === 'fixed' ? ' To have it as it was before, undo the fix.' : '';
    throw new OrderRefusedError(`It is ${title}: nothing of it is left to exempt.${undo}`);
  }
  if (record.fixBegun || record.undoing) {
    throw new OrderRefusedError(
      `It is ${title}, and how far the last attempt came is not known: it is looked at again by itself, or with staunch retry. Exempt it after that.`,
    );
  }
  if (record.state !== 'undone') return record;
  throw new OrderRefusedError(
    'Its fix was undone, so that it is exempt already. To give it another end, undo it again.',
  );
}
