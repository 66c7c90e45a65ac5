import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { CompiledPolicy } from '../../../../config/compiled';
import type { Notice } from '../../../../core/notice';
import { utc } from '../../../../core/utc';
import { OrderRefusedError } from '../../../../hub-functions/coordinator/orders/refused';
import { Switching } from '../../../../hub-functions/coordinator/orders/switching';
import { EndedPauses } from '../../../../hub-functions/coordinator/telling/ended-pauses';
import { StopSwitch } from '../../../../ledger/limits/stop-switch';
import { UnknownAccountError } from '../../../../ledger/organization/place-errors';
import { Notices } from '../../../../ledger/told/notices';
import type { Moto } from '../../../../sandbox/moto/moto';
import { createLedgerTable, documentsOn } from '../../../support/ledger-table';
import { startTestMoto } from '../../../support/moto';
import { peopleWith } from '../../../support/orderers';

const account = '222222222222';
const unit = 'ou-abcd-11111111';
const by = 'arn:aws:iam::111111111111:user/ada';
const until = '2026-12-25T00:00:00.000Z';
const shared = () => ({ version: 2 as const, key: randomUUID(), by });

let moto: Moto;
let tables = 0;

beforeAll(async () => {
  moto = await startTestMoto();
});
afterAll(() => moto.stop());

/** The orders about the switch, the chore of the sweep, and what the channel hears, at a time that the test sets. */
async function hub(policy: Pick<CompiledPolicy, 'people'> = { people: peopleWith() }) {
  tables += 1;
  const tableName = `pausing-${tables}`;
  await createLedgerTable(moto.endpoint, tableName);
  const documents = documentsOn(moto.endpoint);
  const told: Notice[] = [];
  const waiting: Record<string, number> = {};
  const clock = { at: new Date('2026-11-23T10:00:00.000Z') };
  const now = () => clock.at;
  const stopSwitch = new StopSwitch(documents, tableName);
  const notices = new Notices(documents, tableName, async (notice) => void told.push(notice));
  const place = async (accountId: string) => {
    if (accountId !== account) throw new UnknownAccountError(`${accountId} is not there.`);
    return { accountId, path: [] };
  };
  const switching = new Switching({
    ledger: { countWaiting: async (waitsFor) => waiting[waitsFor] ?? 0 },
    stopSwitch,
    notices,
    organization: { place, freshPlace: place },
    policy,
    now,
  });
  const given = () => ({ ...shared(), at: now().toISOString(), mayThaw: true as const });
  const pause = (scope: string, end?: string, reason = 'Release') =>
    switching.pause({ ...given(), order: 'pause', scope, reason, ...(end !== undefined && { until: end }) });
  const resume = (scope: string) => switching.resume({ ...given(), order: 'resume', scope });
  const endedPauses = new EndedPauses(stopSwitch, notices, now);
  return { documents, tableName, told, waiting, clock, stopSwitch, pause, resume, endedPauses };
}

it('warns who pauses where the policy lets nobody resume', async () => {
  for (const people of [undefined, { entries: [], twoPersons: [] }]) {
    const { pause } = await hub({ people });
    expect((await pause(account)).text).toMatch(
      /Nobody may resume it: .* thaw in people\. Deploy one that does\.$/,
    );
  }
  const { pause } = await hub();
  expect((await pause(account)).text).not.toContain('Nobody may resume');
});

describe('a pause with an end', () => {
  it('is kept with it, and the answer and the channel say until when', async () => {
    const { pause, stopSwitch, told } = await hub();
    expect(await pause(account, '2026-12-25T00:00:00Z')).toEqual({
      version: 2,
      done: true,
      text: `Account ${account} is paused. Findings are kept, and nothing is fixed until ${utc(until)}, or until it is resumed.`,
    });
    expect(await stopSwitch.stops()).toMatchObject([{ scope: account, until, reason: 'Release', by }]);
    expect(told).toMatchObject([
      {
        title: `Paused: account ${account}`,
        text: `Nothing is fixed in account ${account} until ${utc(until)}, or until it is resumed. ${by}: Release`,
      },
    ]);
  });

  it.each([
    ['now', '2026-11-23T10:00:00.000Z', 'has passed'],
    ['in the past', '2026-11-22T00:00:00.000Z', 'has passed'],
    ['more than a year ahead', '2027-11-25T10:00:00.000Z', 'more than 365 days ahead'],
  ])('is refused, and nothing is paused, when the end is %s', async (_, end, why) => {
    const { pause, stopSwitch, told } = await hub();
    const refused = pause('organization', end);
    await expect(refused).rejects.toThrow(OrderRefusedError);
    await expect(refused).rejects.toThrow(why);
    expect([await stopSwitch.stops(), told]).toEqual([[], []]);
  });

  it('says what it replaces, which may have been meant to last longer', async () => {
    const { pause, told, clock } = await hub();
    await pause('organization', undefined, 'Incident 4711');
    clock.at = new Date('2026-11-23T10:05:00.000Z');
    const { text } = await pause('organization', until);
    const replaced = `This replaces the pause by ${by} without an end: Incident 4711`;
    expect(text).toContain(replaced);
    expect(told[1]?.text).toContain(replaced);
    clock.at = new Date(until);
    expect((await pause('organization')).text).not.toContain('replaces');
  });

  it('is over by itself: the channel is told once, and the stop is removed', async () => {
    const { pause, endedPauses, told, stopSwitch, clock } = await hub();
    await pause(account, until);
    await pause(unit);
    clock.at = new Date(Date.parse(until) - 1);
    await endedPauses.run();
    expect(told).toHaveLength(2);
    clock.at = new Date(until);
    await endedPauses.run();
    await endedPauses.run();
    expect(told.slice(2)).toMatchObject([
      {
        noticeId: `pause-ended#${account}#${until}`,
        at: until,
        text: expect.stringContaining(`${by}: Release`),
      },
    ]);
    expect(told[2]?.title).toBe(`Resumed: account ${account} (the pause until ${utc(until)} is over)`);
    expect(await stopSwitch.stops()).toMatchObject([{ scope: unit }]);
  });

  it('is told once when the work stops between telling and removing', async () => {
    const { pause, told, stopSwitch, clock, endedPauses, documents, tableName } = await hub();
    await pause(account, until);
    const [stop] = await stopSwitch.stops();
    clock.at = new Date(until);
    await endedPauses.run();
    const Item = { finding: 'stop-switch', record: account, ...stop };
    await documents.send(new PutCommand({ TableName: tableName, Item }));
    await endedPauses.run();
    expect(told.filter(({ title }) => title.startsWith('Resumed'))).toHaveLength(1);
    expect(await stopSwitch.stops()).toEqual([]);
  });
});

describe('resuming', () => {
  it.each([
    [0, 'No finding was held for it.'],
    [1, '1 held finding is looked at again, from the next minute on.'],
    [5_000, '5000 held findings are looked at again, from the next minute on.'],
  ])('says how many findings were held for that pause: %i', async (held, sentence) => {
    const { pause, resume, waiting } = await hub();
    await pause(account);
    Object.assign(waiting, { [`stop#${account}`]: held, 'stop#organization': 7 });
    expect((await resume(account)).text).toBe(`Account ${account} is resumed. ${sentence}`);
  });

  it('names every other pause that still stops something, with its end, in the answer and in the channel', async () => {
    const { pause, resume, told, clock } = await hub();
    await pause('organization');
    await pause(account, until);
    await pause(unit);
    const still = `Still paused: account ${account} until ${utc(until)}; the unit ${unit}.`;
    expect((await resume('organization')).text).toBe(
      `The whole organization is resumed. No finding was held for it. ${still}`,
    );
    expect(told.at(-1)?.text).toContain(still);
    clock.at = new Date(until);
    expect((await resume('organization')).text).toBe(
      `The whole organization was not paused. Still paused: the unit ${unit}.`,
    );
  });

  it('of an account that is not in the organization is refused, as pausing it is', async () => {
    const { pause, resume } = await hub();

    await expect(pause('999999999999')).rejects.toThrow(UnknownAccountError);
    await expect(resume('999999999999')).rejects.toThrow(UnknownAccountError);
    expect((await resume(account)).text).toContain('was not paused');
  });

  it('ends a pause also where the account has left the organization since', async () => {
    const { stopSwitch, resume } = await hub();
    await stopSwitch.stop({ scope: '999999999999', reason: 'Release', by, at: '2026-11-23T09:00:00.000Z' });

    expect((await resume('999999999999')).text).toContain('is resumed');
  });

  it('says so when the switch cannot be read after it', async () => {
    const { pause, resume, documents, tableName, told } = await hub();
    await pause(account);
    const Item = { finding: 'stop-switch', record: unit, scope: 'another' };
    await documents.send(new PutCommand({ TableName: tableName, Item }));
    expect(await resume(account)).toMatchObject({
      done: true,
      text: expect.stringContaining('Nothing is fixed anywhere yet, because the stop switch cannot be read'),
    });
    expect(told.at(-1)?.title).toBe(`Resumed: account ${account}`);
  });
});
