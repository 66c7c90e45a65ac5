import fc from 'fast-check';
import { noticeSchema } from '../../../../core/notice';
import { DailySummary } from '../../../../hub-functions/coordinator/telling/daily-summary';
import {
  counted,
  medianSeconds,
  nothingCounted,
} from '../../../../hub-functions/coordinator/telling/summary-counts';
import { summaryNotice } from '../../../../hub-functions/coordinator/telling/summary-notice';
import type { FindingRecord } from '../../../../ledger/findings/record';
import { SummaryProgressStore } from '../../../../ledger/told/summary-progress';
import { accounts, answer, testIdentity, testPolicy } from '../../../support/findings';
import { World } from '../world';

const plenty = () => 180_000;
const day = { since: '2026-11-23T08:00:00.000Z', until: '2026-11-24T08:00:00.000Z' };

/** The chore as another process has it, over the same tables. */
function summaryOf(world: World, summary: string | false = '08:00', missing: string[] = []): DailySummary {
  const { ledger, notices, log } = world.parts();
  return new DailySummary({
    policy: { slack: { ...testPolicy.slack, summary } },
    ledger,
    progress: new SummaryProgressStore(world.documents, world.tableName),
    told: { read: async () => ({ checkedAt: day.until, missing }) },
    notices,
    log,
    now: world.clock.now,
  });
}
const summaries = (world: World) => world.notices.filter(({ kind }) => kind === 'summary');
/** A day later, at eight, and a minute. */
const tomorrow = (world: World) => world.clock.advance({ minutes: 22 * 60 + 1 });

describe('the daily summary', () => {
  it('tells of a day in which something happened', async () => {
    const { world } = World.inMemory();
    await summaryOf(world).run(plenty);
    await world.receive();
    world.open = true;
    await world.receive({ ...testIdentity, accountId: accounts.approval });
    world.remediate = async () => answer('failed', { reason: 'No.' });
    await world.receive({ ...testIdentity, accountId: accounts.on, resourceId: 'sg-0000000000000000f' });
    world.remediate = async (assignment) => world.play(assignment);
    const exempt = { ...testIdentity, accountId: accounts.approval };
    const until = '2026-11-26T00:00:00.000Z';
    await world.order({ order: 'exempt', finding: exempt, occurrence: 1, reason: 'Ours', until, by: 'ada' });
    const waiting = { ...exempt, resourceId: 'sg-0000000000000000a' };
    world.open = true;
    await world.receive(waiting);
    tomorrow(world);
    await summaryOf(world, '08:00', ['333333333333#eu-west-1']).run(plenty);
    expect(summaries(world)).toMatchObject([
      {
        noticeId: 'summary#2026-11-24T08:00:00.000Z',
        title: 'Summary of the day to 2026-11-24 08:00 UTC',
        lines: [
          'Opened: 4',
          'Closed: 1, of which Staunch fixed 1',
          'Open for a median of less than 1 s',
          'Waiting for approval: 1',
          expect.stringMatching(/^– for 22 h: 333333333333#.*0a#1$/),
          'Failed, or given up: 1',
          'Held: 0',
          'Exemptions that end within a week: 1',
          expect.stringMatching(/^– at 2026-11-26 00:00 UTC: 333333333333#/),
          'Accounts and Regions that are not covered: 1',
          '– 333333333333 in eu-west-1',
        ],
      },
    ]);
  });

  it('comes also of a day on which nothing happened, once, whatever runs twice', async () => {
    const { world } = World.inMemory();
    const summary = summaryOf(world);
    await summary.run(plenty);
    expect(summaries(world)).toEqual([]);
    tomorrow(world);
    await Promise.all([summary.run(plenty), summaryOf(world).run(plenty)]);
    await summary.run(plenty);
    await summaryOf(world).run(plenty);
    expect(summaries(world)).toMatchObject([
      { text: 'Nothing was opened or closed, nothing waits, and everything is covered.' },
    ]);
    world.clock.advance({ minutes: 24 * 60 });
    await summary.run(plenty);
    expect(summaries(world)).toHaveLength(2);
  });

  it('waits for its time, and is none where the policy wants none', async () => {
    const { world } = World.inMemory();
    await summaryOf(world, '09:30').run(plenty);
    tomorrow(world);
    await summaryOf(world, '09:30').run(plenty);
    await summaryOf(world, false).run(plenty);
    expect(summaries(world)).toEqual([]);
    world.clock.advance({ minutes: 90 });
    await summaryOf(world, '09:30').run(plenty);
    expect(summaries(world)).toMatchObject([{ noticeId: 'summary#2026-11-24T09:30:00.000Z' }]);
  });

  it('goes on in the next sweep where there was no time for all of the ledger', async () => {
    const { world } = World.inMemory();
    await summaryOf(world).run(plenty);
    for (let number = 10; number < 60; number += 1) {
      const resourceId = `sg-${String(number).padStart(17, '0')}`;
      world.open = true;
      await world.receive({ ...testIdentity, resourceId });
    }
    tomorrow(world);
    const parts = world.parts();
    const pages: (FindingRecord[] | undefined)[] = [];
    for await (const record of parts.ledger.list()) pages.push([record]);
    let calls = 0;
    const ledger = {
      page: async (from?: Record<string, unknown>) => {
        calls += 1;
        const index = Number(from?.index ?? 0);
        const next = index + 1 < pages.length ? { next: { index: index + 1 } } : {};
        return { records: pages[index] ?? [], unreadable: [], ...next };
      },
    };
    const store = new SummaryProgressStore(world.documents, world.tableName);
    const sweepOnce = () => {
      // Each page takes eight seconds.
      const before = calls;
      const remaining = () => 180_000 - (calls - before) * 8_000;
      const { notices, log } = parts;
      const told = { read: async () => undefined };
      const policy = { slack: { ...testPolicy.slack, summary: '08:00' } };
      return new DailySummary({
        policy,
        ledger,
        progress: store,
        told,
        notices,
        log,
        now: world.clock.now,
      }).run(remaining);
    };
    let sweeps = 0;
    while (summaries(world).length === 0 && sweeps < 100) {
      await sweepOnce();
      sweeps += 1;
    }
    expect(calls).toBe(50);
    expect(sweeps).toBe(17);
    expect(summaries(world)[0]?.lines?.[0]).toBe('Opened: 50');
  });
});

describe('what is counted', () => {
  it('has a median that is wrong by a twentieth at most, in bounded room', () => {
    const spans = fc.array(fc.integer({ min: 0, max: 400 * 86_400 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(spans, (seconds) => {
        const closed = (span: number) =>
          ({
            state: 'fixed',
            receivedAt: new Date(Date.parse(day.until) - span * 1_000).toISOString(),
            at: day.until,
          }) as FindingRecord;
        const counts = seconds.reduce((sum, span) => counted(sum, closed(span), day), nothingCounted);
        const sorted = seconds.toSorted((one, other) => one - other);
        const exact = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
        expect(Math.abs((medianSeconds(counts) ?? 0) - exact)).toBeLessThanOrEqual((exact + 1) * 0.05);
        expect(Object.keys(counts.spans).length).toBeLessThan(200);
        expect(counts.closed).toBe(seconds.length);
      }),
      { seed: 20261127 },
    );
  });

  it('fits into a notice, however long the names are', () => {
    const named = Array.from({ length: 3 }, () => ({ finding: 'x'.repeat(400), at: day.until }));
    const counts = { ...nothingCounted, waiting: 3, longestWaiting: named, ending: 3, firstEnding: named };
    const places = Array.from({ length: 5_000 }, () => '333333333333#eu-west-1');
    const notice = summaryNotice(counts, day, places, new Date(day.until));
    expect(noticeSchema.safeParse(notice).success).toBe(true);
  });
});
