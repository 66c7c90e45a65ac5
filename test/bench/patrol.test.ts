import { accountsInPattern, watchedRegions } from '../../bench/patrol/accounts';
import { type Walked, walkAll } from '../../bench/patrol/walk-all';
import { patrolOfHundred } from '../../operator/cost/detector-costs';

describe('a patrol of many accounts', () => {
  let walked: Walked;
  beforeAll(async () => {
    walked = await walkAll(accountsInPattern);
  }, 60_000);

  it('walks every type of every account and Region, and asks for a look at what is open', () => {
    const { calls, looks, problems } = walked;
    expect(problems).toEqual([]);
    expect(looks).toBe(accountsInPattern);
    const places = accountsInPattern * watchedRegions.length;
    for (const list of ['EC2 DescribeSecurityGroups', 'STS AssumeRole', 'Lambda Invoke']) {
      expect([list, calls.get(list)]).toEqual([list, places]);
    }
    // The large account's buckets and queues take several pages.
    expect(calls.get('S3 ListBuckets')).toBe(places + 3 * watchedRegions.length);
    expect(calls.get('SQS ListQueues')).toBe(places + watchedRegions.length);
  });

  it('makes the calls and takes the times by which its costs are reckoned', () => {
    const { calls, looks, durations } = walked;
    // What a process loads once is no matter of an account.
    const counted = [...calls].filter(([name]) => name !== 'DynamoDB Query');
    expect({
      accounts: accountsInPattern,
      regions: watchedRegions.length,
      calls: Object.fromEntries(counted),
      looks,
      seconds: {
        dispatcher: Math.round(durations.dispatcher / 1_000),
        walker: Math.round(durations.walker / 1_000),
      },
    }).toEqual(patrolOfHundred);
  });

  it('comes to the same each time', async () => {
    const [one, other] = [await walkAll(3), await walkAll(3)];
    expect([one.minutes, [...one.calls]]).toEqual([other.minutes, [...other.calls]]);
  });
});
