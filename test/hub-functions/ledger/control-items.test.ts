import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Notice, noticeSchema } from '../../../contract/notice';
import { RecordError } from '../../../hub-functions/ledger/errors';
import { FixLimits } from '../../../hub-functions/ledger/fix-limits';
import { Ledger } from '../../../hub-functions/ledger/ledger';
import { Notices } from '../../../hub-functions/ledger/notices';
import { PolicyProgressStore } from '../../../hub-functions/ledger/policy-progress';
import { StopSwitch, stopFor } from '../../../hub-functions/ledger/stop-switch';
import type { Moto } from '../../../sandbox/moto/moto';
import { createLedgerTable, documentsOn } from '../../support/ledger-table';
import { startTestMoto } from '../../support/moto';

jest.setTimeout(30_000);

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
    expect(stopFor(await stopSwitch.stops(), place)).toBeUndefined();
    await stopSwitch.stop(stop('333333333333'));
    expect(stopFor(await stopSwitch.stops(), place)).toBeUndefined();
    for (const scope of ['222222222222', 'ou-abcd-11111111', 'organization']) {
      await stopSwitch.stop(stop(scope));
      expect(stopFor(await stopSwitch.stops(), place)?.scope).toBe(scope);
    }
    expect([await stopSwitch.resume('organization'), await stopSwitch.resume('organization')]).toEqual([
      true,
      false,
    ]);
    expect(stopFor(await stopSwitch.stops(), place)?.scope).toBe('ou-abcd-11111111');
  });

  it('says so when it cannot be understood, so that it counts as on', async () => {
    const Item = { finding: 'stop-switch', record: 'organization', scope: 'another' };
    await documents().send(new PutCommand({ TableName: tableName, Item }));
    await expect(new StopSwitch(documents(), tableName).stops()).rejects.toThrow(RecordError);
  });
});

describe('the limits of fixes', () => {
  const perHour = { account: 2, organization: 3 };

  it('let no more through than they allow, when many ask at once', async () => {
    const limits = new FixLimits(documents(), tableName);
    const asked = ['a', 'b', 'c', 'd'].flatMap((accountId) =>
      [1, 2, 3].map((number) => limits.reserve({ accountId, fix: `${accountId}${number}` }, perHour, now)),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(3);
  });

  it("give an account's share back when the organization's is used up", async () => {
    const limits = new FixLimits(documents(), tableName);
    for (const accountId of ['a', 'b', 'c'])
      await limits.reserve({ accountId, fix: accountId }, perHour, now);
    expect(await limits.reserve({ accountId: 'd', fix: 'd1' }, perHour, now)).toMatchObject({
      scope: 'organization',
    });
    const wider = { account: 2, organization: 9 };
    for (const fix of ['d2', 'd3']) {
      expect(await limits.reserve({ accountId: 'd', fix }, wider, now)).toBeUndefined();
    }
    expect(await limits.reserve({ accountId: 'd', fix: 'd4' }, wider, now)).toMatchObject({
      scope: 'account',
      limit: 2,
    });
  });

  it('say so when a count cannot be understood', async () => {
    const Item = { finding: 'fix-limit', record: 'a', version: 1, fixes: '{"x":7}' };
    await documents().send(new PutCommand({ TableName: tableName, Item }));
    await expect(
      new FixLimits(documents(), tableName).reserve({ accountId: 'a', fix: 'a' }, perHour, now),
    ).rejects.toThrow(RecordError);
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
    expect((await new Ledger(documents(), tableName).due(new Date('2030-01-01'), 10)).keys).toEqual([]);
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
    const [key] = (await new Ledger(documents(), tableName).due(new Date('2030-01-01'), 10)).keys;
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
