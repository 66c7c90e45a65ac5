import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Notice, noticeSchema } from '../../../core/notice';
import { utc } from '../../../core/utc';
import { reportPartition } from '../../../ledger/findings/due';
import { Ledger } from '../../../ledger/findings/ledger';
import { PolicyProgressStore } from '../../../ledger/findings/policy-progress';
import { ContendedError, FixLimits } from '../../../ledger/limits/fix-limits';
import { activeStops, stopFor, stopReason } from '../../../ledger/limits/stop';
import { StopSwitch } from '../../../ledger/limits/stop-switch';
import { RecordError, StandingStopError } from '../../../ledger/table/errors';
import { KeyedReads } from '../../../ledger/table/keyed-reads';
import { endOfTime } from '../../../ledger/table/ledger-indexes';
import { Notices } from '../../../ledger/told/notices';
import type { Moto } from '../../../sandbox/moto/moto';
import { createLedgerTable, documentsOn } from '../../support/ledger-table';
import { MemoryTables } from '../../support/memory-documents';
import { startTestMoto } from '../../support/moto';
import { seeded } from '../../support/seeded';
import { VirtualPauses } from '../../support/virtual-pauses';

let moto: Moto;
let tables = 0;
let tableName: string;

beforeAll(async () => {
  moto = await startTestMoto();
});
afterAll(() => moto.stop());
beforeEach(async () => {
  tables += 1;
  tableName = `control-${tables}`;
  await createLedgerTable(moto.endpoint, tableName);
});

const documents = () => documentsOn(moto.endpoint);
const now = new Date('2026-11-23T10:00:00.000Z');
const stop = (scope: string) => ({ scope, reason: 'An incident.', by: 'ada', at: now.toISOString() });

describe('the stop switch', () => {
  it('is on where it was turned on, the widest scope first, until it is resumed', async () => {
    const stopSwitch = new StopSwitch(documents(), tableName);
    const place = ['222222222222', 'ou-abcd-11111111', 'r-abcd'];
    expect(stopFor(await stopSwitch.stops(), place, now)).toBeUndefined();
    await stopSwitch.stop(stop('333333333333'));
    expect(stopFor(await stopSwitch.stops(), place, now)).toBeUndefined();
    for (const scope of ['222222222222', 'ou-abcd-11111111', 'organization']) {
      await stopSwitch.stop(stop(scope));
      expect(stopFor(await stopSwitch.stops(), place, now)?.scope).toBe(scope);
    }
    expect([
      await stopSwitch.resume('organization', now.toISOString()),
      await stopSwitch.resume('organization', now.toISOString()),
    ]).toEqual([true, false]);
    expect(stopFor(await stopSwitch.stops(), place, now)?.scope).toBe('ou-abcd-11111111');
  });

  it('says so when it cannot be understood, so that it counts as on', async () => {
    const Item = { finding: 'stop-switch', record: 'organization', scope: 'another' };
    await documents().send(new PutCommand({ TableName: tableName, Item }));
    await expect(new StopSwitch(documents(), tableName).stops()).rejects.toThrow(RecordError);
  });
});

describe('a stop that ends by itself', () => {
  const place = ['222222222222', 'ou-abcd-11111111'];
  const until = '2026-11-23T12:00:00.000Z';
  const over = new Date(until);
  const lasting = { ...stop('organization'), until };

  it('counts until then, and no more from then on, also while its item is still there', async () => {
    const stopSwitch = new StopSwitch(documents(), tableName);
    await stopSwitch.stop(lasting);
    const stops = await stopSwitch.stops();
    expect(stopFor(stops, place, new Date(over.getTime() - 1))).toEqual(lasting);
    expect(stopFor(stops, place, over)).toBeUndefined();
    expect(activeStops([...stops, stop('222222222222')], over)).toEqual([stop('222222222222')]);
  });

  it('leaves a narrower stop that still counts', () => {
    expect(stopFor([lasting, stop('222222222222')], place, over)?.scope).toBe('222222222222');
  });

  it('says until when', () => {
    expect(stopReason(lasting)).toBe(`Staunch is paused until ${utc(until)} by ada: An incident.`);
    expect(stopReason(stop('ou-abcd-11111111'))).toBe(
      'Staunch in ou-abcd-11111111 is paused by ada: An incident.',
    );
  });

  it('is replaced by a later stop of the scope, which tells what it replaced', async () => {
    const stopSwitch = new StopSwitch(documents(), tableName);
    expect(await stopSwitch.stop(lasting)).toBeUndefined();
    expect(await stopSwitch.stop(stop('organization'))).toEqual(lasting);
    expect(await stopSwitch.stops()).toEqual([stop('organization')]);
  });

  it('gives way to one that ends sooner only where that is allowed, and to one that lasts as long always', async () => {
    const stopSwitch = new StopSwitch(documents(), tableName);
    const begunBy = now.toISOString();
    const at = new Date(now.getTime() + 1).toISOString();
    const longer = { ...lasting, until: '2026-11-23T12:00:00.001Z' };
    await stopSwitch.stop({ ...stop('organization'), at });
    for (const shortens of [{}, { begunBy }])
      await expect(stopSwitch.stop(lasting, shortens)).rejects.toThrow(StandingStopError);
    await stopSwitch.stop({ ...longer, at }, { begunBy: at });
    await expect(stopSwitch.stop(lasting, {})).rejects.toThrow(StandingStopError);
    expect(await stopSwitch.stops()).toEqual([{ ...longer, at }]);
    expect(await stopSwitch.stop(longer, {})).toEqual({ ...longer, at });
    expect(await stopSwitch.stop(stop('organization'), {})).toEqual(longer);
  });

  it('is not ended by what was ordered before it began, and one that cannot be understood is', async () => {
    const stopSwitch = new StopSwitch(documents(), tableName);
    await stopSwitch.stop(lasting);
    const before = new Date(now.getTime() - 1).toISOString();
    await expect(stopSwitch.resume('organization', before)).rejects.toThrow(StandingStopError);
    expect(await stopSwitch.stops()).toEqual([lasting]);
    await stopSwitch.stop({ ...lasting, at: 'tomorrow' });
    expect(await stopSwitch.resume('organization', before)).toBe(true);
  });

  it('is removed when it is over, after it was told; no other stop is', async () => {
    const stopSwitch = new StopSwitch(documents(), tableName);
    const later = { ...stop('222222222222'), until: '2026-11-23T12:00:00.001Z' };
    for (const each of [lasting, later, stop('333333333333')]) await stopSwitch.stop(each);
    const there: number[] = [];
    const tell = async () => void there.push((await stopSwitch.stops()).length);
    expect(await stopSwitch.removeEnded(over, tell)).toEqual([lasting]);
    expect(await stopSwitch.removeEnded(over, tell)).toEqual([]);
    expect(there).toEqual([3]);
    expect(await stopSwitch.stops()).toEqual(expect.arrayContaining([later, stop('333333333333')]));
  });

  it.each([
    ['with another end', { until: '2026-11-24T00:00:00.000Z' }],
    ['without an end', {}],
  ])('stays when the scope is stopped anew meanwhile, %s', async (_, end) => {
    const stopSwitch = new StopSwitch(documents(), tableName);
    await stopSwitch.stop(lasting);
    const anew = { ...stop('organization'), ...end };
    expect(await stopSwitch.removeEnded(over, async () => void (await stopSwitch.stop(anew)))).toEqual([]);
    expect(await stopSwitch.stops()).toEqual([anew]);
  });

  it('stays when it cannot be told', async () => {
    const stopSwitch = new StopSwitch(documents(), tableName);
    await stopSwitch.stop(lasting);
    const away = () => Promise.reject(new Error('The table is away.'));
    await expect(stopSwitch.removeEnded(over, away)).rejects.toThrow('away');
    expect(await stopSwitch.stops()).toEqual([lasting]);
  });

  it('counts as on, and is not removed, when its end cannot be understood', async () => {
    const stopSwitch = new StopSwitch(documents(), tableName);
    await stopSwitch.stop({ ...lasting, until: 'yesterday' });
    await expect(stopSwitch.stops()).rejects.toThrow(RecordError);
    await expect(stopSwitch.removeEnded(over, async () => {})).rejects.toThrow(RecordError);
    expect(await stopSwitch.resume('organization', now.toISOString())).toBe(true);
  });
});

describe('the limits of fixes', () => {
  const perHour = { account: 2, organization: 3, failures: 2 };
  const limitsOn = (tableName: string) => {
    const { pause } = new VirtualPauses();
    return new FixLimits(documents(), tableName, { pause, random: seeded(20_261_123) });
  };

  it('let no more through than they allow, when many ask at once', async () => {
    const limits = limitsOn(tableName);
    const asked = ['a', 'b', 'c', 'd'].flatMap((accountId) =>
      [1, 2, 3].map((number) => limits.reserve({ accountId, fix: `${accountId}${number}` }, perHour, now)),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(3);
  });

  it("give an account's share back when the organization's is used up", async () => {
    const limits = limitsOn(tableName);
    for (const accountId of ['a', 'b', 'c'])
      await limits.reserve({ accountId, fix: accountId }, perHour, now);
    expect(await limits.reserve({ accountId: 'd', fix: 'd1' }, perHour, now)).toMatchObject({
      scope: { kind: 'organization' },
      limit: 3,
    });
    const wider = { ...perHour, organization: 9 };
    for (const fix of ['d2', 'd3']) {
      expect(await limits.reserve({ accountId: 'd', fix }, wider, now)).toBeUndefined();
    }
    expect(await limits.reserve({ accountId: 'd', fix: 'd4' }, wider, now)).toMatchObject({
      scope: { kind: 'account', accountId: 'd' },
      limit: 2,
    });
  });

  it('are given back by an attempt that changed nothing, once, and by no other', async () => {
    const limits = limitsOn(tableName);
    const fix = { accountId: 'a', fix: 'a1' };
    const free = async () => [
      await limits.free({ kind: 'account', accountId: 'a' }, 2, now),
      await limits.free({ kind: 'organization' }, 3, now),
    ];
    await limits.reserve(fix, perHour, now);
    await limits.reserve(fix, perHour, now);
    expect(await free()).toEqual([1, 2]);
    await limits.giveBack({ ...fix, fix: 'a2' }, now);
    expect(await free()).toEqual([1, 2]);
    await limits.giveBack(fix, now);
    await limits.giveBack(fix, now);
    expect(await free()).toEqual([2, 3]);
  });

  it('hold an account whose attempts fail, until the first of them is an hour old', async () => {
    const limits = limitsOn(tableName);
    const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
    await limits.failed({ accountId: 'a', fix: 'a1' }, now);
    expect(await limits.peek('a', perHour, now)).toBeUndefined();
    await limits.failed({ accountId: 'a', fix: 'a2' }, at(10));
    const reached = { scope: { kind: 'failures', accountId: 'a' }, limit: 2, freeAt: at(60) };
    expect(await limits.peek('a', perHour, at(59))).toEqual(reached);
    expect(await limits.reserve({ accountId: 'a', fix: 'a3' }, perHour, at(59))).toEqual(reached);
    expect(await limits.reserve({ accountId: 'b', fix: 'b1' }, perHour, at(59))).toBeUndefined();
    expect(await limits.reserve({ accountId: 'a', fix: 'a3' }, perHour, at(60))).toBeUndefined();
  });

  it('tell which of them one more fix would reach, and take nothing', async () => {
    const limits = limitsOn(tableName);
    for (const fix of ['a1', 'a2']) await limits.reserve({ accountId: 'a', fix }, perHour, now);
    await limits.reserve({ accountId: 'b', fix: 'b1' }, perHour, now);
    for (let time = 1; time <= 3; time += 1) {
      expect(await limits.peek('a', perHour, now)).toMatchObject({ scope: { kind: 'account' } });
      expect(await limits.peek('c', perHour, now)).toMatchObject({ scope: { kind: 'organization' } });
    }
    expect(await limits.peek('c', { ...perHour, organization: 4 }, now)).toBeUndefined();
  });

  it('count nothing when others keep changing the count, and say so', async () => {
    const busy = new MemoryTables();
    let version = 0;
    busy.before = (command) => {
      if (command !== 'TransactWriteCommand') return;
      version += 1;
      busy.put(tableName, { finding: 'fix-limit', record: 'a', version, fixes: '{}' });
    };
    const pauses = new VirtualPauses();
    const limits = new FixLimits(busy.documents(), tableName, { pause: pauses.pause, random: seeded(7) });
    await expect(limits.reserve({ accountId: 'a', fix: 'a1' }, perHour, now)).rejects.toThrow(ContendedError);
    expect(pauses.count).toBe(20);
    expect(busy.items(tableName)).toMatchObject([{ fixes: '{}' }]);
  });

  it('count a fix in both hours or in neither, also where one was counted since they were read', async () => {
    const limits = limitsOn(tableName);
    const wide = { ...perHour, account: 5, organization: 5 };
    const { counts } = await new KeyedReads(documents(), tableName).read({ counts: limits.wanted('a') });
    await limits.reserve({ accountId: 'b', fix: 'b1' }, wide, now);
    const free = (kind: 'account' | 'organization') =>
      limits.free(kind === 'account' ? { kind, accountId: 'a' } : { kind }, 5, now);
    const full = { ...wide, organization: 1 };
    expect(await limits.reserve({ accountId: 'a', fix: 'a1' }, full, now, counts())).toMatchObject({
      scope: { kind: 'organization' },
    });
    expect([await free('account'), await free('organization')]).toEqual([5, 4]);
    expect(await limits.reserve({ accountId: 'a', fix: 'a1' }, wide, now, counts())).toBeUndefined();
    expect([await free('account'), await free('organization')]).toEqual([4, 3]);
  });

  it('say so when a count cannot be understood', async () => {
    const Item = { finding: 'fix-limit', record: 'a', version: 1, fixes: '{"x":7}' };
    await documents().send(new PutCommand({ TableName: tableName, Item }));
    await expect(limitsOn(tableName).reserve({ accountId: 'a', fix: 'a' }, perHour, now)).rejects.toThrow(
      RecordError,
    );
  });
});

describe('a notice', () => {
  const notice: Notice = {
    version: 1,
    noticeId: 'n1',
    title: 'Paused',
    text: 'Somebody paused.',
    at: now.toISOString(),
  };

  it('is given once', async () => {
    const heard: Notice[] = [];
    const notices = new Notices(documents(), tableName, async (each) => void heard.push(each));
    expect([await notices.give(notice, now), await notices.give(notice, now)]).toEqual([true, false]);
    expect(heard).toEqual([notice]);
    expect((await new Ledger(documents(), tableName).due(reportPartition, endOfTime, 10)).keys).toEqual([]);
  });

  it('is cut to what a reader of it takes', async () => {
    const heard: Notice[] = [];
    const notices = new Notices(documents(), tableName, async (each) => void heard.push(each));
    await notices.give({ ...notice, title: 't'.repeat(900), text: 'x'.repeat(9_000) }, now);
    expect(noticeSchema.safeParse(heard[0]).success).toBe(true);
  });

  it('is due until the bus has it', async () => {
    let down = true;
    const heard: Notice[] = [];
    const notices = new Notices(documents(), tableName, async (each) => {
      if (down) throw new Error('The bus is away.');
      heard.push(each);
    });
    expect(await notices.give(notice, now)).toBe(true);
    const [key] = (await new Ledger(documents(), tableName).due(reportPartition, endOfTime, 10)).keys;
    if (!key) throw new Error('Nothing is due.');
    down = false;
    await notices.resend(key);
    await notices.resend(key);
    expect(heard).toEqual([notice]);
  });
});

describe('the progress through a changed policy', () => {
  it('is remembered, and begun anew when it cannot be understood', async () => {
    const store = new PolicyProgressStore(documents(), tableName);
    expect(await store.read()).toBeUndefined();
    const progress = { digest: 'd', done: false, from: { finding: 'f', record: 'r' } };
    await store.write(progress);
    expect(await store.read()).toEqual(progress);
    const Item = { finding: 'policy', record: 'progress', digest: 7 };
    await documents().send(new PutCommand({ TableName: tableName, Item }));
    expect(await store.read()).toBeUndefined();
  });
});
