import { accountsInPattern, watchedRegions } from '../../bench/patrol/accounts';
import { walkAll } from '../../bench/patrol/walk-all';

describe('a patrol of many accounts', () => {
  it('walks every type of every account and Region, and asks for a look at what is open', async () => {
    const { calls, looks, problems } = await walkAll(accountsInPattern);
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

  it('comes to the same each time', async () => {
    const [one, other] = [await walkAll(5), await walkAll(5)];
    expect([one.minutes, [...one.calls]]).toEqual([other.minutes, [...other.calls]]);
  });
});
