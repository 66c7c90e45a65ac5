import { type OrderAnswer, type OrderOf, orderVersion } from '../../../core/order';
import { states } from '../../../core/states';
import type { FindingRecord, RecordIn } from '../../../ledger/findings/record';
import { waitsForOf } from '../../../ledger/findings/record-parts';
import { parseWaitsFor } from '../../../ledger/limits/waits-for';
import { take } from '../../../ledger/transitions/take';
import { Worker } from '../attempt/worker';
import { rulingFor } from '../deciding/ruling';
import type { CoordinatorParts } from '../intake/coordinator';
import { fixableControl } from '../intake/hint';
import { checkRegion } from '../intake/message';
import type { Remaining } from '../time-limits';
import { OrderRefusedError } from './refused';
import { latestOf, type TakingParts, takeWhenFree } from './taking';

/** What somebody may want looked at before its time. */
type Retried = RecordIn<'failed' | 'given-up' | 'held'>;

function isRetried(record: FindingRecord): record is Retried {
  return record.state === 'failed' || record.state === 'given-up' || record.state === 'held';
}

/** Looks at findings before their time, because a person has removed what stood in the way. */
export class Retrying {
  private readonly worker: Worker;

  constructor(private readonly parts: CoordinatorParts & Pick<TakingParts, 'pause'>) {
    this.worker = new Worker(parts);
  }

  /**
   * @param isRepeated whether an earlier try of the same order may have done all of it, and not told so
   * @throws OrderRefusedError when the finding neither failed nor waits for its time
   */
  async retry(order: OrderOf<'retry'>, remaining: Remaining, isRepeated: boolean): Promise<OrderAnswer> {
    const { findControl, policy, organization, ledger, now } = this.parts;
    checkRegion(order.finding.region, policy.regions);
    const control = fixableControl(order.finding.control, findControl);
    const ruling = await rulingFor(order.finding, policy, organization, now());
    const latest = () => latestOf(order, ledger);
    if (isRepeated) {
      const record = await latest();
      if (!isRetried(record) && record.state !== 'received') return answerTo(record);
    }
    const { before, taken } = await takeWhenFree(latest, remaining, this.parts, (record) => {
      if (isRetried(record)) {
        return { before: record, taken: take(record, this.worker.newLease(remaining()), now(), 'order') };
      }
      throw new OrderRefusedError(`It is ${states[record.state].title}: there is nothing to try again.`);
    });
    await this.tryAccount(before);
    const record = await this.worker.work({ identity: taken.identity, control, ruling }, taken, remaining);
    return answerTo(record ?? taken);
  }

  /** Whoever has it tried again may have put the account's roles right. */
  private async tryAccount(before: Retried): Promise<void> {
    const scope = parseWaitsFor(waitsForOf(before) ?? '');
    if (scope?.kind === 'account') await this.parts.unreachableAccounts.forget(scope);
  }
}

function answerTo(record: FindingRecord): OrderAnswer {
  const { state, reason = '' } = record;
  const done = !isRetried(record) && state !== 'received';
  const text = `${done ? 'Tried again' : 'Tried again, and not fixed'}: it is ${states[state].title}. ${reason}`;
  return { version: orderVersion, done, text: text.trim() };
}
