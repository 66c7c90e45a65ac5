import { randomUUID } from 'node:crypto';
import { listDigest, nameInList } from '../../../core/frozen-list';
import { ledgerTableName } from '../../../core/names';
import { operator } from '../../support/orderers';
import { Flood, inFlood } from './flood';

/** One of the accounts of the real findings. */
export const account = '300000000001';
const hour = 60;

/** The digest of what is frozen now, as a person is shown it. */
export function shown(flood: Flood, accountId?: string): string {
  const names = flood.aws.dynamoDb
    .peek(ledgerTableName)
    .filter(({ heldBy }) => heldBy === 'frozen')
    .filter(({ finding }) => accountId === undefined || String(finding).startsWith(accountId))
    .map(({ finding, record }) => nameInList({ finding: String(finding), record: String(record) }));
  return listDigest(names);
}

/** Somebody thaws a list. @returns the answer */
export async function thaw(flood: Flood, list: string, scope = 'organization', key: string = randomUUID()) {
  const order = { version: 2, key, order: 'thaw', scope, list };
  const reply = await flood.hub.order(order, operator);
  return reply?.body as { done?: boolean; text?: string } | undefined;
}

/** A danger of which the message was on the queue for over an hour. */
export async function ariseLate(flood: Flood, number: number) {
  const late = flood.hub.late(hour + 1);
  const identity = await flood.arise(account, number);
  late();
  return identity;
}

/**
 * A flag is switched on while findings are open.
 * @param count how many; more than the policy has fixed without a person
 */
export async function switchOn(count: number): Promise<void> {
  const flood = new Flood({ real: count, forged: 0 }, 'off');
  await inFlood(flood, async () => {
    await flood.arrive();
    expect(flood.statesOf(flood.real)).toEqual({ reported: count });
    flood.switchTo('on');
    await flood.turns(8);
    expect(flood.statesOf(flood.real)).toEqual({ 'held for frozen': count });
    const title = `Frozen: ${count} fixes of backlog in 8 accounts`;
    expect(flood.notices.map((notice) => notice.title)).toEqual([title]);
    // What arises now is no backlog.
    const fresh = await flood.arise(account, 9_000);
    expect(flood.statesOf([fresh])).toEqual({ fixed: 1 });
    await flood.hub.goOn(26 * hour);
    await flood.turns(5);
    expect(flood.touched).toEqual(new Set([fresh.resourceId]));

    const list = shown(flood);
    expect(await thaw(flood, listDigest([]))).toMatchObject({
      done: false,
      text: expect.stringContaining(`${count} fixes are frozen in the whole organization now, list ${list}`),
    });
    expect(await thaw(flood, list)).toMatchObject({ done: true });
    await flood.turns(6);
    expect(flood.statesOf(flood.real)).toEqual({ fixed: count });
    expect(flood.touched.size).toBe(count + 1);
    // Told once, with the list; and who has thawed it.
    const thawed = `Thawed: ${count} fixes in the whole organization`;
    expect(flood.notices.map((notice) => notice.title)).toEqual([title, thawed]);
  });
}

/**
 * Messages were on the queue for over an hour.
 * @param count how many; more than the policy has fixed without a person
 */
export async function outage(count: number): Promise<void> {
  const flood = new Flood({ real: count, forged: 0 }, 'on');
  await inFlood(flood, async () => {
    const end = flood.hub.late(hour + 1);
    await flood.arrive();
    end();
    expect(flood.statesOf(flood.real)).toEqual({ 'held for frozen': count });
    await flood.turns(6);
    expect(flood.touched.size).toBe(0);
    // One account's list alone.
    const own = flood.real.filter(({ accountId }) => accountId === account);
    expect(await thaw(flood, shown(flood, account), account)).toMatchObject({ done: true });
    await flood.turns(4);
    expect(flood.touched).toEqual(new Set(own.map(({ resourceId }) => resourceId)));
    expect(flood.statesOf(flood.real)).toEqual({ fixed: own.length, 'held for frozen': count - own.length });
  });
}
