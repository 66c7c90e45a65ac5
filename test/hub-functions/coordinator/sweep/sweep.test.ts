import { sweep } from '../../../../hub-functions/coordinator/sweep/sweep';
import { lookPartition, reportPartition } from '../../../../ledger/findings/due';
import type { RecordKey } from '../../../../ledger/findings/record-key';
import { RecordError } from '../../../../ledger/table/errors';
import { noticeRecordKey } from '../../../../ledger/told/notices';

const record = 'occurrence#000001';
/** A finding of one account. */
const key = (index: number, account = '222222222222'): RecordKey => ({
  finding: `${account}#eu-west-1#control#finding-${index}`,
  record,
});
const keys = (count: number, account?: string) =>
  Array.from({ length: count }, (_, index) => key(index, account));
const names = (all: readonly { finding: string }[]) => all.map(({ finding }) => finding.split('#').at(-1));
const now = () => new Date('2026-11-23T10:00:00.000Z');

/** What a test may replace. */
interface Replaced {
  due?: Record<string, RecordKey[]>;
  woken?: RecordKey[] | Error;
  remaining?: () => number;
  resume?: (key: RecordKey) => Promise<void>;
  sendReports?: (key: RecordKey) => Promise<{ sent: boolean; needsLook: boolean }>;
  chores?: { run(): Promise<void> }[];
  postpone?: () => Promise<void>;
}

function sweeping(replaced: Replaced) {
  const happened: string[] = [];
  const resumed: RecordKey[] = [];
  const postponed: [string | undefined, string][] = [];
  const errors: string[] = [];
  const state = { atOnce: 0, most: 0 };
  const parts = {
    ledger: {
      due: async (partition: string, _until: Date, limit: number, from?: Record<string, unknown>) => {
        const all = replaced.due?.[partition] ?? [];
        const start = Number(from?.start ?? 0);
        const end = start + limit;
        return { keys: all.slice(start, end), ...(end < all.length && { next: { start: end } }) };
      },
      postpone: async (each: RecordKey, until: Date) => {
        await replaced.postpone?.();
        postponed.push([names([each])[0], until.toISOString()]);
      },
    },
    coordinator: {
      resume: async (each: RecordKey) => {
        happened.push('look');
        resumed.push(each);
        state.atOnce += 1;
        state.most = Math.max(state.most, state.atOnce);
        await Promise.resolve();
        state.atOnce -= 1;
        await replaced.resume?.(each);
      },
      sendReports: async (each: RecordKey) => {
        happened.push('report');
        return (await replaced.sendReports?.(each)) ?? { sent: true, needsLook: false };
      },
    },
    notices: { resend: async () => void happened.push('notice') },
    waking: {
      woken: async () => {
        const { woken = [] } = replaced;
        if (woken instanceof Error) throw woken;
        return woken;
      },
    },
    chores: replaced.chores ?? [],
    log: { info: () => {}, warn: () => {}, error: (message: string) => void errors.push(message) },
    now,
  };
  const run = sweep(parts, replaced.remaining ?? (() => 180_000));
  return { run, happened, resumed, postponed, errors, state };
}

describe('the sweep', () => {
  it('takes up what is due over pages, the oldest first, a few at a time', async () => {
    const { run, resumed, state } = sweeping({ due: { [lookPartition]: keys(60) } });
    expect(await run).toEqual({ reported: 0, resumed: 60, failed: 0 });
    expect(names(resumed)).toEqual(Array.from({ length: 60 }, (_, index) => `finding-${index}`));
    expect(state.most).toBe(4);
  });

  it('sends reports and notices first, then does its chores, then looks', async () => {
    const order: string[] = [];
    const chores = [{ run: async () => void order.push('chore') }];
    const notice = { finding: 'notice#n1', record: noticeRecordKey };
    const due = { [reportPartition]: [key(1), notice], [lookPartition]: [key(2)] };
    const { run, happened } = sweeping({
      due,
      chores,
      resume: async () => void order.push('look'),
      sendReports: async () => {
        order.push('report');
        return { sent: true, needsLook: false };
      },
    });
    expect(await run).toEqual({ reported: 2, resumed: 1, failed: 0 });
    expect(happened.slice(0, 2).sort()).toEqual(['notice', 'report']);
    expect(order).toEqual(['report', 'chore', 'look']);
  });

  it('looks at what has a report that cannot be sent as well, in the same turn, and moves it back', async () => {
    const { run, resumed, postponed } = sweeping({
      due: { [reportPartition]: [key(1), key(2)] },
      sendReports: async ({ finding }) => ({ sent: false, needsLook: finding.endsWith('1') }),
    });
    expect(await run).toEqual({ reported: 2, resumed: 1, failed: 0 });
    expect(names(resumed)).toEqual(['finding-1']);
    expect(postponed).toEqual([
      ['finding-1', '2026-11-23T10:02:00.000Z'],
      ['finding-2', '2026-11-23T10:02:00.000Z'],
    ]);
  });

  it('looks at each once, also where it is due for several reasons', async () => {
    const due = { [reportPartition]: [key(1)], [lookPartition]: [key(1), key(2)] };
    const { run, resumed } = sweeping({
      due,
      woken: [key(2), key(3)],
      sendReports: async () => ({ sent: false, needsLook: true }),
    });
    await run;
    expect(names(resumed).sort()).toEqual(['finding-1', 'finding-2', 'finding-3']);
  });

  it('gives each account its turn, however many are due in one of them', async () => {
    const many = keys(5_000);
    const others = ['333333333333', '444444444444'].map((account) => key(9_999, account));
    const { run, resumed } = sweeping({ due: { [lookPartition]: [...many, ...others] } });
    expect(await run).toEqual({ reported: 0, resumed: 250, failed: 0 });
    expect(resumed.slice(0, 3)).toEqual([many[0], ...others]);
  });

  it('begins nothing that might not end in time', async () => {
    let left = 180_000;
    const begun: number[] = [];
    const { run } = sweeping({
      due: { [lookPartition]: keys(200) },
      remaining: () => {
        left -= 1_000;
        return left;
      },
      resume: async () => void begun.push(left),
    });
    const { resumed } = await run;
    expect(resumed).toBeLessThan(200);
    // A plan takes 70 seconds at most; the sweep goes on as long as there is time for one.
    expect(Math.min(...begun)).toBeGreaterThan(75_000);
    expect(Math.min(...begun)).toBeLessThan(100_000);
  });

  it('goes on after a failure, and moves back what failed', async () => {
    const { run, postponed } = sweeping({
      due: { [lookPartition]: keys(10) },
      resume: async ({ finding }) => {
        if (finding.endsWith('3')) throw new Error('a bug');
      },
    });
    expect(await run).toEqual({ reported: 0, resumed: 10, failed: 1 });
    expect(postponed).toEqual([['finding-3', '2026-11-23T10:02:00.000Z']]);
  });

  it('moves back for an hour what cannot be understood', async () => {
    const unreadable = () => Promise.reject(new RecordError('Look at the item.'));
    const due = { [reportPartition]: [key(1)], [lookPartition]: [key(2)] };
    const { run, postponed } = sweeping({ due, resume: unreadable, sendReports: unreadable });
    expect(await run).toEqual({ reported: 1, resumed: 1, failed: 2 });
    expect(postponed).toEqual([
      ['finding-1', '2026-11-23T11:00:00.000Z'],
      ['finding-2', '2026-11-23T11:00:00.000Z'],
    ]);
  });

  it('goes on where not even that can be moved back', async () => {
    const away = () => Promise.reject(new Error('The table is away.'));
    const { run, errors } = sweeping({ due: { [lookPartition]: keys(3) }, resume: away, postpone: away });
    expect(await run).toEqual({ reported: 0, resumed: 3, failed: 3 });
    expect(errors.filter((error) => error.includes('could not be moved back'))).toHaveLength(3);
  });

  it('looks at what is due also where a chore fails, or nothing can be woken', async () => {
    const ran: string[] = [];
    const chores = [
      { run: () => Promise.reject(new Error('a bug')) },
      { run: async () => void ran.push('next') },
    ];
    const { run, errors } = sweeping({
      due: { [lookPartition]: keys(2) },
      chores,
      woken: new Error('Throttled'),
    });
    expect(await run).toEqual({ reported: 0, resumed: 2, failed: 0 });
    expect(ran).toEqual(['next']);
    expect(errors).toEqual([
      'A chore of the sweep failed; the next one goes on',
      expect.stringContaining('could not be woken'),
    ]);
  });
});
