import type { Notice } from '../../../core/notice';
import type { Notices } from '../../../ledger/told/notices';
import { type FailureHour, mostToldAlone, type ToldFailures } from '../../../ledger/told/told-failures';

/** So many reasons are told. */
const mostReasons = 3;

/** Tells of the failures of an account that are told together, once for each hour of an account that had some. */
export class FailureSummaries {
  constructor(
    private readonly failures: Pick<ToldFailures, 'over' | 'reasons' | 'told'>,
    private readonly notices: Pick<Notices, 'give'>,
    private readonly now: () => Date,
  ) {}

  async run(): Promise<void> {
    const now = this.now();
    for (const hour of await this.failures.over(now)) {
      const reasons = await this.failures.reasons(hour);
      if (reasons.size > 0) await this.notices.give(noticeOf(hour, reasons, now), now);
      await this.failures.told(hour);
    }
  }
}

function noticeOf({ accountId, hour }: FailureHour, reasons: ReadonlyMap<string, number>, now: Date): Notice {
  const count = [...reasons.values()].reduce((sum, each) => sum + each, 0);
  const most = [...reasons].sort(([, one], [, other]) => other - one).slice(0, mostReasons);
  const told = most.map(([reason, times]) => `${times} times: ${reason}`).join(' ');
  return {
    version: 1,
    noticeId: `failures#${accountId}#${hour}`,
    title: `${count} more findings of account ${accountId} failed within an hour`,
    text: `After the first ${mostToldAlone}, the failures of an account in the hour from ${hour} are told together. ${told} List them with staunch findings --account ${accountId}.`,
    at: now.toISOString(),
  };
}
