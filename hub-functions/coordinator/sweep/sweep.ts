import { logLines } from '../../../core/log-lines';
import { lookPartition, reportPartition } from '../../../ledger/findings/due';
import type { Ledger } from '../../../ledger/findings/ledger';
import type { RecordKey } from '../../../ledger/findings/record-key';
import { RecordError } from '../../../ledger/table/errors';
import type { DuePage } from '../../../ledger/table/ledger-indexes';
import { type Notices, noticeRecordKey } from '../../../ledger/told/notices';
import type { Coordinator } from '../intake/coordinator';
import type { Log } from '../log';
import { lookMilliseconds, type Remaining } from '../time-limits';
import { accountOf } from './account-of';
import { fairly } from './fair-order';
import type { Waking } from './waking';

/** A bound on what one sweep takes up of either kind; the next one goes on. */
const mostAtOnce = 250;
/** So many due looks are considered, so that a few accounts with many of them hide nobody else's. */
const mostConsidered = 20_000;
const pageSize = 1_000;
const looksAtOnce = 4;
const reportsAtOnce = 8;
/** How far what failed moves back, so that it stands in nobody's way. */
const postponedMilliseconds = 2 * 60_000;
/** The same for what no later sweep will understand either, unless a person repairs it. */
const unreadableMilliseconds = 60 * 60_000;

/** Something that a sweep does beside what is due. */
export interface Chore {
  run(remaining: Remaining): Promise<void>;
}

/** What the sweep works with. */
export interface SweepParts {
  ledger: Pick<Ledger, 'due' | 'postpone'>;
  coordinator: Pick<Coordinator, 'resume' | 'sendReports'>;
  notices: Pick<Notices, 'resend'>;
  waking: Pick<Waking, 'woken'>;
  chores: readonly Chore[];
  log: Log;
  now: () => Date;
}

/** How many items were taken up, and how many of them failed. */
export interface SweepCounts {
  reported: number;
  resumed: number;
  failed: number;
}

/**
 * Takes up what is due in the ledger: first the reports and notices that did not reach the bus, then the chores, then looks,
 * those of all accounts in turns, as long as there is time for another one. What fails moves back, and does not stop the rest.
 */
export async function sweep(parts: SweepParts, remaining: Remaining): Promise<SweepCounts> {
  const turn = new Turn(parts, remaining);
  const left = await turn.reports();
  await turn.chores();
  await turn.looks(left);
  const { counts } = turn;
  // Also of nothing: an alarm rings when no sweep comes to its end any more.
  parts.log.info(logLines.swept, { ...counts });
  return counts;
}

class Turn {
  readonly counts: SweepCounts = { reported: 0, resumed: 0, failed: 0 };
  private readonly asOf: Date;

  constructor(
    private readonly parts: SweepParts,
    private readonly remaining: Remaining,
  ) {
    this.asOf = parts.now();
  }

  /** @returns what has a look due as well, though its report could not be sent */
  async reports(): Promise<RecordKey[]> {
    const { ledger, notices, coordinator } = this.parts;
    const { keys } = await ledger.due(reportPartition, this.asOf, mostAtOnce);
    const left: RecordKey[] = [];
    await this.each(keys, reportsAtOnce, async (key) => {
      this.counts.reported += 1;
      if (key.record === noticeRecordKey) return notices.resend(key);
      const { sent, needsLook } = await coordinator.sendReports(key);
      if (needsLook) left.push(key);
      if (!sent) await this.postpone(key, postponedMilliseconds);
    });
    return left;
  }

  async chores(): Promise<void> {
    for (const chore of this.parts.chores) {
      try {
        await chore.run(this.remaining);
      } catch (error) {
        this.parts.log.error('A chore of the sweep failed; the next one goes on', { error: String(error) });
      }
    }
  }

  async looks(left: readonly RecordKey[]): Promise<void> {
    const due = fairly(await this.considered(left), accountOf).slice(0, mostAtOnce);
    await this.each(due, looksAtOnce, (key) => {
      this.counts.resumed += 1;
      return this.parts.coordinator.resume(key, this.remaining);
    });
  }

  /** Everything that may be looked at, each once. */
  private async considered(left: readonly RecordKey[]): Promise<RecordKey[]> {
    const keys = new Map<string, RecordKey>();
    const add = (some: readonly RecordKey[]) => {
      for (const key of some) keys.set(`${key.finding} ${key.record}`, key);
    };
    add(left);
    let page: DuePage | undefined;
    do {
      page = await this.parts.ledger.due(lookPartition, this.asOf, pageSize, page?.next);
      add(page.keys);
    } while (page.next && keys.size < mostConsidered);
    const onFailure = (error: unknown) =>
      this.parts.log.error('What is held could not be woken; the next sweep goes on', {
        error: String(error),
      });
    await this.parts.waking.woken(onFailure).then(add, onFailure);
    return [...keys.values()];
  }

  /** A few at a time, while there is time for another look. */
  private async each(
    keys: readonly RecordKey[],
    atOnce: number,
    handle: (key: RecordKey) => Promise<void>,
  ): Promise<void> {
    const waiting = [...keys];
    const worker = async (): Promise<void> => {
      while (this.remaining() >= lookMilliseconds) {
        const key = waiting.shift();
        if (!key) return;
        await this.handled(key, handle);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  private async handled(key: RecordKey, handle: (key: RecordKey) => Promise<void>): Promise<void> {
    try {
      await handle(key);
    } catch (error) {
      this.counts.failed += 1;
      this.parts.log.error('What is due could not be done', { ...key, error: String(error) });
      await this.postpone(key, error instanceof RecordError ? unreadableMilliseconds : postponedMilliseconds);
    }
  }

  private async postpone(key: RecordKey, milliseconds: number): Promise<void> {
    const { ledger, log, now } = this.parts;
    try {
      await ledger.postpone(key, new Date(now().getTime() + milliseconds));
    } catch (error) {
      log.error('What failed could not be moved back', { ...key, error: String(error) });
    }
  }
}
