import type { CompiledPolicy } from '../../../config/compiled';
import type { Ledger } from '../../../ledger/findings/ledger';
import type { Notices } from '../../../ledger/told/notices';
import type { SummaryProgress, SummaryProgressStore } from '../../../ledger/told/summary-progress';
import type { ToldCoverageStore } from '../../../ledger/told/told-coverage';
import type { Log } from '../log';
import { lookMilliseconds, type Remaining } from '../time-limits';
import { counted, type Day, nothingCounted } from './summary-counts';
import { summaryNotice } from './summary-notice';

const dayMilliseconds = 24 * 60 * 60_000;
/** How much of one sweep it may take: a large ledger is summed up over several. */
const mostMilliseconds = 20_000;

/** What the summary takes. */
export interface DailySummaryParts {
  policy: Pick<CompiledPolicy, 'slack'>;
  ledger: Pick<Ledger, 'page'>;
  progress: Pick<SummaryProgressStore, 'read' | 'write'>;
  /** Which places people know to be not covered. */
  told: Pick<ToldCoverageStore, 'read'>;
  notices: Pick<Notices, 'give'>;
  log: Log;
  now: () => Date;
}

/**
 * Sums up each day at the policy's time, also one on which nothing happened: one pass over the ledger, page by page, of which only counts
 * are kept. Where a sweep ends, the next one goes on, and whoever does so twice tells it once. The first day is the one after the first
 * sweep.
 */
export class DailySummary {
  /** The end of the day that this process knows to be told, so that the table is not asked each minute. */
  private toldUntil: string | undefined;

  constructor(private readonly parts: DailySummaryParts) {}

  async run(remaining: Remaining): Promise<void> {
    const { policy, progress, now } = this.parts;
    const { summary } = policy.slack;
    if (summary === false) return;
    const until = lastTime(summary, now());
    if (this.toldUntil === until) return;
    const { progress: known, version } = await progress.read();
    const begun = known?.until === until ? known : beginning(until, version);
    if (!begun.done) {
      const next = await this.goOn(begun, remaining);
      // Another sweep that is at it goes on.
      if (!(await progress.write(next, version)) || !next.done) return;
    } else if (known?.until !== until) {
      if (!(await progress.write(begun, version))) return;
    }
    this.toldUntil = until;
  }

  /** @returns how far it came; done once people were told */
  private async goOn(progress: SummaryProgress, remaining: Remaining): Promise<SummaryProgress> {
    const { ledger, told, notices, log, now } = this.parts;
    const day = dayTo(progress.until);
    let { counts, from } = progress;
    for (
      const start = remaining();
      start - remaining() < mostMilliseconds && remaining() >= lookMilliseconds;
    ) {
      const { records, unreadable, next } = await ledger.page(from);
      for (const error of unreadable) log.error('A finding is not summed up', { error: String(error) });
      counts = records.reduce((sum, record) => counted(sum, record, day), counts);
      counts = { ...counts, unreadable: counts.unreadable + unreadable.length };
      from = next;
      if (from !== undefined) continue;
      const { missing = [] } = (await told.read()) ?? {};
      await notices.give(summaryNotice(counts, day, missing, now()), now());
      return { until: progress.until, done: true, counts };
    }
    return { until: progress.until, done: false, counts, ...(from && { from }) };
  }
}

/** Where nothing was ever summed up, the day that is over now is passed over. */
function beginning(until: string, version: number): SummaryProgress {
  return { until, done: version === 0, counts: nothingCounted };
}

function dayTo(until: string): Day {
  return { since: new Date(Date.parse(until) - dayMilliseconds).toISOString(), until };
}

/**
 * When a time of the day was last.
 * @param time hours and minutes of UTC: `08:00`
 */
function lastTime(time: string, now: Date): string {
  const today = Date.parse(`${now.toISOString().slice(0, 10)}T${time}:00.000Z`);
  return new Date(today <= now.getTime() ? today : today - dayMilliseconds).toISOString();
}
