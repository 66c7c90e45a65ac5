import { sweep } from '../../../hub-functions/coordinator/sweep';
import type { RecordKey } from '../../../hub-functions/ledger/record';

const key = (index: number): RecordKey => ({ finding: `finding-${index}`, record: 'occurrence#000001' });
const log = { info: () => {}, warn: () => {}, error: () => {} };

/** A ledger with that many due records, in pages of the size that is asked for. */
function ledgerWith(count: number) {
  const keys = Array.from({ length: count }, (_, index) => key(index));
  return {
    due: async (_now: Date, limit: number, from?: Record<string, unknown>) => {
      const start = Number(from?.start ?? 0);
      const end = start + limit;
      return { keys: keys.slice(start, end), ...(end < count && { next: { start: end } }) };
    },
  };
}

function sweeping(count: number, remaining: () => number, resume = async (_key: RecordKey) => {}) {
  const resumed: string[] = [];
  const state = { atOnce: 0, most: 0 };
  const coordinator = {
    resume: async (each: RecordKey) => {
      resumed.push(each.finding);
      state.atOnce += 1;
      state.most = Math.max(state.most, state.atOnce);
      await Promise.resolve();
      state.atOnce -= 1;
      await resume(each);
    },
  };
  const idle = { run: async () => {} };
  const parts = { notices: { resend: async () => {} }, exemptionNotices: idle, policyWatch: idle };
  const run = sweep(
    { ...parts, ledger: ledgerWith(count), coordinator, log, now: () => new Date(0) },
    remaining,
  );
  return { run, resumed, state };
}

describe('the sweep', () => {
  it('takes up what is due over pages, oldest first, a few at a time', async () => {
    const { run, resumed, state } = sweeping(60, () => 180_000);
    expect(await run).toEqual({ resumed: 60, failed: 0 });
    expect(resumed).toEqual(Array.from({ length: 60 }, (_, index) => `finding-${index}`));
    expect(state.most).toBe(4);
  });

  it('begins nothing that might not end in time', async () => {
    let left = 180_000;
    const begun: number[] = [];
    const { run } = sweeping(
      200,
      () => {
        left -= 1_000;
        return left;
      },
      async () => void begun.push(left),
    );
    const { resumed } = await run;
    expect(resumed).toBeLessThan(200);
    // A plan takes 70 seconds at most; the sweep goes on as long as there is time for one.
    expect(Math.min(...begun)).toBeGreaterThan(75_000);
    expect(Math.min(...begun)).toBeLessThan(100_000);
  });

  it('goes on after a failure', async () => {
    const { run } = sweeping(
      10,
      () => 180_000,
      async ({ finding }) => {
        if (finding === 'finding-3') throw new Error('a bug');
      },
    );
    expect(await run).toEqual({ resumed: 10, failed: 1 });
  });
});
