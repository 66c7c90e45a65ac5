import type { CompiledPolicy } from '../../../config/compiled';
import type { Notice } from '../../../core/notice';
import { type OrderAnswer, type OrderOf, orderVersion } from '../../../core/order';
import { utc } from '../../../core/utc';
import { isLifted, type LiftedLimits, type LiftedLimitsStore } from '../../../ledger/limits/lifted-limits';
import type { Notices } from '../../../ledger/told/notices';
import { NotNowError, OrderRefusedError } from './refused';

/** What lifting the limits takes. */
export interface LiftingParts {
  liftedLimits: Pick<LiftedLimitsStore, 'read' | 'write'>;
  notices: Pick<Notices, 'give'>;
  policy: Pick<CompiledPolicy, 'limits'>;
  now: () => Date;
}

/** An incident lasts no longer than what the policy should say after it. */
const mostHours = 24;

/** Lifts the limits of fixes an hour for an incident. They end by themselves; the last order counts. */
export class Lifting {
  constructor(private readonly parts: LiftingParts) {}

  /**
   * @throws OrderRefusedError when the end is not ahead, or too far, or the policy allows as much
   * @throws NotNowError when somebody else lifts them at the same moment
   */
  async lift(order: OrderOf<'limits'>): Promise<OrderAnswer> {
    const { liftedLimits, now } = this.parts;
    const { lifted: before, version } = await liftedLimits.read();
    if (before?.order === order.key) return this.tell(before);
    this.check(order);
    const { fixesPerHour, reason, by, key } = order;
    const at = now().toISOString();
    const until = new Date(order.until).toISOString();
    const lifted = { fixesPerHour, until, reason, by, at, order: key };
    if (!(await liftedLimits.write(lifted, version))) {
      throw new NotNowError('Somebody else lifts the limits right now. Try again in a moment.');
    }
    return this.tell(lifted, isLifted(before, now()) ? before : undefined);
  }

  private check({ fixesPerHour, until }: OrderOf<'limits'>): void {
    const { policy, now } = this.parts;
    const end = Date.parse(until);
    const { account, organization } = policy.limits.fixesPerHour;
    if (end <= now().getTime()) throw new OrderRefusedError(`Nothing was lifted: ${utc(until)} has passed.`);
    if (end > now().getTime() + mostHours * 60 * 60_000) {
      throw new OrderRefusedError(
        `Nothing was lifted: ${utc(until)} is more than ${mostHours} hours ahead. For longer, deploy another policy.`,
      );
    }
    if (fixesPerHour > Math.min(account, organization)) return;
    throw new OrderRefusedError(
      `Nothing was lifted: the policy allows ${account} fixes an hour in an account already, and ${organization} in all.`,
    );
  }

  private async tell(lifted: LiftedLimits, instead?: LiftedLimits): Promise<OrderAnswer> {
    const { fixesPerHour, until, reason, by, at, order } = lifted;
    const now = `Until ${utc(until)} up to ${fixesPerHour} fixes an hour are made, in one account as in all together`;
    const notice: Notice = {
      version: 1,
      noticeId: `limits#${order}`,
      title: `Limits lifted: ${fixesPerHour} fixes an hour`,
      text: `${now}. ${by}: ${reason}`,
      at,
    };
    await this.parts.notices.give(notice, this.parts.now());
    const before = instead ? ` This replaces ${instead.fixesPerHour} until ${utc(instead.until)}.` : '';
    return {
      version: orderVersion,
      done: true,
      text: `${now}; then the policy's limits count again.${before}`,
    };
  }
}
