import { utc } from '../../../core/utc';
import { isLifted, type LiftedLimitsStore } from '../../../ledger/limits/lifted-limits';
import type { Notices } from '../../../ledger/told/notices';

/** Tells the channel that lifted limits are over. They count no more from that time on, whether or not this has run. */
export class EndedLiftings {
  constructor(
    private readonly liftedLimits: Pick<LiftedLimitsStore, 'read' | 'write'>,
    private readonly notices: Pick<Notices, 'give'>,
    private readonly now: () => Date,
  ) {}

  /** @throws RecordError when they cannot be understood; AWS's error when the table cannot be read or written */
  async run(): Promise<void> {
    const now = this.now();
    const { lifted, version } = await this.liftedLimits.read();
    if (!lifted || lifted.over || isLifted(lifted, now)) return;
    const { fixesPerHour, until, by, order } = lifted;
    const notice = {
      version: 1 as const,
      noticeId: `limits-ended#${order}`,
      title: "The policy's limits count again",
      text: `${fixesPerHour} fixes an hour were allowed until ${utc(until)}, by ${by}. What is over the limits of the policy waits.`,
      at: now.toISOString(),
    };
    await this.notices.give(notice, now);
    await this.liftedLimits.write({ ...lifted, over: true }, version);
  }
}
