import type { PlaceCoverage } from '../../../ledger/coverage/place-coverage';
import { RecordError } from '../../../ledger/table/errors';
import { type AskedPlaces, askCoverage } from '../../../operator/coverage/ask-coverage';
import type { FakeParts } from '../fake-hub';
import { itemOf, prodId, watched, watchedHub } from './watched-hub';

const now = new Date('2026-11-23T12:00:00.000Z');
const covered = { coveredAt: '2026-11-23T10:00:00.000Z', resources: 1 };
const items = [watched.payments, watched.closed, watched.trial].map((id) => itemOf(id, covered));

const ask = (asked: AskedPlaces = {}, parts: FakeParts = {}, known: PlaceCoverage[] = items) =>
  askCoverage(
    watchedHub(() => known, parts),
    asked,
    undefined,
    now,
  );
const accountsOf = async (asked: AskedPlaces) =>
  (await ask(asked)).rows.map(({ accountId }) => accountId).sort();

describe('the coverage that is asked for', () => {
  it('is that of every place, with what accounts are called', async () => {
    const { rows, every, names } = await ask();
    expect(rows).toHaveLength(3);
    expect(every).toBe(24 * 60 * 60_000);
    expect(names.account(watched.trial)).toBe('trial');
  });

  it.each([
    ['an account', { account: watched.trial }, [watched.trial]],
    ['a unit', { organizationalUnit: prodId }, [watched.payments, watched.closed]],
    ['a Region', { regions: ['eu-west-1'] }, Object.values(watched)],
  ])('is that of %s', async (_what, asked, found) => {
    expect(await accountsOf(asked)).toEqual(found);
  });

  it.each([
    [{ account: '999999999999' }, 'Nothing in 999999999999 is watched.'],
    [{ regions: ['us-east-1'] }, 'No account is watched in us-east-1.'],
  ])('says so where nothing is watched: %j', async (asked, message) => {
    await expect(ask(asked)).rejects.toThrow(message);
  });

  it('names closed accounts as that, and accounts that cannot be reached', async () => {
    const { rows } = await ask(
      {},
      {
        unreachable: [
          {
            accountId: watched.trial,
            role: 'read',
            reason: 'Denied.',
            errorCode: 'AccessDenied',
            since: '2026-11-22T10:00:00.000Z',
            until: '2026-11-23T12:00:00.000Z',
            tries: 9,
          },
        ],
      },
    );
    const whys = Object.fromEntries(
      rows.map(({ accountId, gaps }) => [accountId, gaps.map(({ why }) => why)]),
    );
    expect(whys).toEqual({ [watched.payments]: [], [watched.closed]: ['closed'], [watched.trial]: ['role'] });
  });

  it('names each of four planted gaps: a role that is gone, a Region that an SCP denies, a closed account, a trail that is gone', async () => {
    const at = '2026-11-23T11:00:00.000Z';
    const problem = (words: string) => ({ problem: { words, at, startedAt: at } });
    const scp = 'AccessDenied: with an explicit deny in a service control policy';
    const gone = { readAt: at, isLogging: false, loggedAt: '2026-11-22T11:00:00.000Z' };
    const planted = [
      { ...itemOf(watched.payments, { ...covered, ...problem('User may not perform sts:AssumeRole') }) },
      itemOf(watched.closed, covered),
      { ...itemOf(watched.trial, { ...covered, ...problem(scp) }), trail: gone },
    ];
    const { rows } = await ask({}, {}, planted);
    const whys = Object.fromEntries(
      rows.map(({ accountId, gaps }) => [accountId, gaps.map(({ why }) => why)]),
    );
    expect(whys).toEqual({
      [watched.payments]: ['role'],
      [watched.closed]: ['closed'],
      [watched.trial]: ['scp', 'trail'],
    });
  });

  it('tells of items that cannot be understood, and goes on', async () => {
    const leftOut: Error[] = [];
    const coverage = {
      list: async function* (onUnreadable?: (error: RecordError) => void) {
        onUnreadable?.(new RecordError('The item is odd.'));
        yield* items;
      },
    };
    const { rows } = await ask({}, { coverage, host: { leftOut: (error) => void leftOut.push(error) } });
    expect(rows).toHaveLength(3);
    expect(leftOut.map(({ message }) => message)).toEqual(['The item is odd.']);
  });

  it('is not told while the deployed policy is not known', async () => {
    const order = async () => ({ version: 2 as const, done: false, text: 'No such order.' });
    await expect(ask({}, { order })).rejects.toThrow('deployed policy cannot be read');
  });
});
