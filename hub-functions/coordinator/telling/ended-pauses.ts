import type { Notice } from '../../../core/notice';
import { utc } from '../../../core/utc';
import { nameOfScope, type Stop } from '../../../ledger/limits/stop';
import type { StopSwitch } from '../../../ledger/limits/stop-switch';
import type { Notices } from '../../../ledger/told/notices';

/**
 * Tells the channel of pauses that are over by their `until`, and removes them. A pause counts no more from that time on, whether or
 * not this has run.
 */
export class EndedPauses {
  constructor(
    private readonly stopSwitch: Pick<StopSwitch, 'removeEnded'>,
    private readonly notices: Pick<Notices, 'give'>,
    private readonly now: () => Date,
  ) {}

  /** @throws RecordError when the stop switch cannot be understood; AWS's error when the table cannot be read or written */
  async run(): Promise<void> {
    const now = this.now();
    await this.stopSwitch.removeEnded(now, async (stop) => {
      await this.notices.give(noticeOf(stop, now), now);
    });
  }
}

/** Each end of a pause has one id, so that it is told once, however often this runs. */
function noticeOf({ scope, by, reason, until = '' }: Stop, now: Date): Notice {
  return {
    version: 1,
    noticeId: `pause-ended#${scope}#${until}`,
    title: `Resumed: ${nameOfScope(scope)} (the pause until ${utc(until)} is over)`,
    text: `What was held for this pause alone is read again, and then fixed. It was paused by ${by}: ${reason}`,
    at: now.toISOString(),
  };
}
