import { type Load, throughputOf } from '../../bench/throughput/load';
import { throttlesOf } from '../../bench/throughput/throttles';
import { TokenBucket } from '../../bench/throughput/token-bucket';
import { boundOf } from '../../bench/throughput/worker-time';

const load = (workers: number, more: Partial<Load> = {}) =>
  throughputOf({ workers, findings: 16, accounts: 16, ...more });

describe('the throughput of workers', () => {
  it('is not less with more of them, and every finding is fixed', async () => {
    const [one, four] = [await load(1), await load(4)];
    expect([one.fixed, four.fixed]).toEqual([16, 16]);
    expect(one.bound.name).toBe('workers');
    expect(four.fixesPerSecond).toBeGreaterThan(one.fixesPerSecond * 2);
  });

  it('comes to the same each time', async () => {
    expect(await load(4)).toEqual(await load(4));
  });

  it('is bound by what throttles it', async () => {
    const throttles: Load['throttles'] = ({ service }) =>
      service === 'STS'
        ? [{ name: 'a slow STS', key: 'sts', size: { tokens: 2, perSecond: 1 }, cost: 1 }]
        : [];
    const { fixesPerSecond, bound } = await load(4, { throttles });
    expect(bound.name).toBe('a slow STS');
    expect(bound.share).toBeGreaterThan(0.5);
    // A fix takes two sessions.
    expect(fixesPerSecond).toBeLessThan(1);
  });
});

describe('what bounds workers', () => {
  it('is what they waited for the longest', () => {
    const waited = new Map([
      ['one thing', 200],
      ['another', 500],
    ]);
    expect(boundOf({ waited, total: 1_000 })).toEqual({ name: 'another', share: 0.5 });
  });

  it('is they themselves where they hardly wait', () => {
    expect(boundOf({ waited: new Map([['one thing', 99]]), total: 1_000 })).toEqual({
      name: 'workers',
      share: 0.901,
    });
  });
});

describe('a token bucket', () => {
  it('allows what it holds at once, and then what flows in', () => {
    const bucket = new TokenBucket({ tokens: 2, perSecond: 1 }, 5_000);
    for (const allowed of [true, true, false]) {
      expect(bucket.allows(5_000)).toBe(allowed);
      if (allowed) bucket.take(1);
    }
    expect([bucket.allows(5_999), bucket.allows(6_000)]).toEqual([false, true]);
  });

  it('holds no more than its size, however long nobody takes of it', () => {
    const bucket = new TokenBucket({ tokens: 2, perSecond: 1 }, 0);
    expect(bucket.allows(1_000_000)).toBe(true);
    bucket.take(2);
    expect(bucket.allows(1_000_000)).toBe(false);
  });

  it('has what follows wait for a call that cost more than there was', () => {
    const bucket = new TokenBucket({ tokens: 2, perSecond: 1 }, 0);
    bucket.take(5);
    expect([bucket.allows(3_999), bucket.allows(4_000)]).toEqual([false, true]);
  });
});

describe('what throttles a call', () => {
  const common = { command: 'RevokeSecurityGroupIngress', input: {}, accountId: '300000000000' };

  it('is shared within an account, by EC2, and by everybody, of Organizations', () => {
    const keyOf = (service: 'EC2' | 'Organizations', accountId: string) =>
      throttlesOf({ ...common, service, accountId })[0]?.key;
    expect(keyOf('EC2', '300000000000')).not.toBe(keyOf('EC2', '300000000001'));
    expect(keyOf('Organizations', '300000000000')).toBe(keyOf('Organizations', '300000000001'));
  });

  it('is the writes of a partition, by their size, and double in a transaction', () => {
    const Put = {
      TableName: 'ledger',
      Item: { finding: 'fix-limit', record: 'x', fixes: 'x'.repeat(3_000) },
    };
    const costOf = (command: string, input: object) =>
      throttlesOf({ ...common, service: 'DynamoDB', command, input }).map(({ name, cost }) => [name, cost]);
    expect(costOf('Put', Put)).toEqual([['DynamoDB partition fix-limit', 3]]);
    expect(costOf('TransactWrite', { TransactItems: [{ Put }] })).toEqual([
      ['DynamoDB partition fix-limit', 6],
    ]);
    expect(costOf('Query', {})).toEqual([]);
  });
});
