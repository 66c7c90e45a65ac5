import type { OrderAnswer } from '../../../core/order';
import { itemOf } from '../../../ledger/findings/record-item';
import { DoorFindings } from '../../../operator/findings/door-findings';
import { hubWith } from '../fake-hub';
import { bucketRecord, recordOf } from '../records';

const second = '00000000-0000-4000-8000-000000000002';
const third = '00000000-0000-4000-8000-000000000003';

function page(findings: Record<string, unknown>[], more: Partial<OrderAnswer> = {}): OrderAnswer {
  return { version: 2, done: true, text: 'Findings.', findings, ...more };
}

describe('findings that the hub tells', () => {
  it('are those of every page, also after an empty one, with what accounts are called', async () => {
    const [group, bucket] = [recordOf(), bucketRecord()];
    const asked: object[] = [];
    const pages = [
      page([itemOf(group)], {
        next: second,
        places: { '222222222222': { name: 'payments', unit: '/Prod' } },
      }),
      page([], { next: third }),
      page([itemOf(bucket)], { places: { '333333333333': {} } }),
    ];
    const findings = new DoorFindings(
      hubWith({
        order: async (order) => {
          asked.push(order);
          return pages[asked.length - 1] ?? page([]);
        },
      }),
    );

    expect(await findings.every()).toEqual([group, bucket]);
    expect(asked).toMatchObject([
      { order: 'findings' },
      { order: 'findings', next: second },
      { order: 'findings', next: third },
    ]);
    const names = await findings.names();
    expect([names.account('222222222222'), names.unitOf('222222222222')]).toEqual(['payments', '/Prod']);
    expect([names.account('333333333333'), names.account('constructor')]).toEqual([undefined, undefined]);
  });

  it('come with what is paused, from the first page, and what that is called', async () => {
    const stop = { scope: 'ou-root-12345678', reason: 'x', by: 'ada', at: '2026-11-23T09:00:00.000Z' };
    const pages = [
      page([], { next: second, paused: { stops: [stop] }, places: { [stop.scope]: { name: '/Prod' } } }),
      page([]),
    ];
    const findings = new DoorFindings(hubWith({ order: async () => pages.shift() ?? page([]) }));

    await findings.every();

    expect(await findings.paused()).toEqual({ stops: [stop] });
    expect((await findings.names()).unit(stop.scope)).toBe('/Prod');
  });

  it('come with what was saved of a fix, or why not', async () => {
    const fix = { steps: [{ before: {}, changes: [] }], savedAt: '2026-11-23T10:00:01.000Z', unfinished: [] };
    const leftOut: string[] = [];
    const answers = [
      page([], { fix }),
      page([], { fixUntold: 'Too large.' }),
      page([], { fix: { steps: 1 } }),
    ];
    const findings = new DoorFindings(
      hubWith({
        order: async () => answers.shift() ?? page([]),
        host: { leftOut: ({ message }) => void leftOut.push(message) },
      }),
    );

    expect(await findings.beside(recordOf())).toEqual({ history: fix });
    expect(leftOut).toEqual([]);
    expect(await findings.beside(recordOf())).toEqual({});
    expect(await findings.beside(recordOf())).toEqual({});
    expect(leftOut).toEqual(['Too large.', 'The history of the fix cannot be understood.']);
  });

  it('leave out what this version does not understand, and say so', async () => {
    const leftOut: string[] = [];
    const findings = new DoorFindings(
      hubWith({
        order: async () => page([{ finding: 'x', state: 'of a later version' }, itemOf(recordOf())]),
        host: { leftOut: ({ message }) => void leftOut.push(message) },
      }),
    );

    expect(await findings.every()).toHaveLength(1);
    expect(leftOut).toEqual([expect.stringMatching(/^The item x .* cannot be understood at state/)]);
  });
});
