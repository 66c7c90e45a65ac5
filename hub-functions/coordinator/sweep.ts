import type { Ledger } from '../ledger/ledger';
import { type Notices, noticeRecordKey } from '../ledger/notices';
import type { RecordKey } from '../ledger/record';
import type { Coordinator } from './coordinator';
import type { ExemptionNotices } from './exemption-notices';
import type { Log } from './log';
import type { PolicyWatch } from './policy-watch';
import { lookMilliseconds, type Remaining } from './time-limits';

const pageSize = 25;
/** A bound on what one sweep takes up; the next one goes on. */
const maximumPages = 10;
const maximumAtOnce = 4;

/** What the sweep works with. */
export interface SweepParts {
  ledger: Pick<Ledger, 'due'>;
  coordinator: Pick<Coordinator, 'resume'>;
  notices: Pick<Notices, 'resend'>;
  exemptionNotices: Pick<ExemptionNotices, 'run'>;
  policyWatch: Pick<PolicyWatch, 'run'>;
  log: Log;
  now: () => Date;
}

/**
 * Takes up everything in the ledger that is due, the oldest first, a few at a time, as long as there is time for
 * another look. What fails stays due, and does not stop the rest.
 * @returns how many were taken up, and how many of them failed
 */
export async function sweep(
  parts: SweepParts,
  remaining: Remaining,
): Promise<{ resumed: number; failed: number }> {
  const { ledger, coordinator, log, now } = parts;
  const counts = { resumed: 0, failed: 0 };
  const asOf = now();
  const resume = async (key: RecordKey): Promise<void> => {
    counts.resumed += 1;
    try {
      if (key.record === noticeRecordKey) await parts.notices.resend(key);
      else await coordinator.resume(key, remaining);
    } catch (error) {
      counts.failed += 1;
      log.error('A due finding could not be resumed', { ...key, error: String(error) });
    }
  };
  for (const chore of [parts.exemptionNotices, parts.policyWatch]) {
    try {
      await chore.run(remaining);
    } catch (error) {
      log.error('A chore of the sweep failed; the next one goes on', { error: String(error) });
    }
  }
  let next: Record<string, unknown> | undefined;
  for (let page = 0; page < maximumPages; page += 1) {
    const due = await ledger.due(asOf, pageSize, next);
    const waiting = [...due.keys];
    const worker = async (): Promise<void> => {
      while (remaining() >= lookMilliseconds) {
        const key = waiting.shift();
        if (!key) return;
        await resume(key);
      }
    };
    await Promise.all(Array.from({ length: maximumAtOnce }, worker));
    next = due.next;
    if (!next || waiting.length > 0) break;
  }
  if (counts.resumed > 0) log.info('Swept', counts);
  return counts;
}
