import {
  defaultPreferences,
  type OperationPreferences,
} from '../../../../sandbox/cloudformation/stack-sets/definition';
import type { Operation } from '../../../../sandbox/cloudformation/stack-sets/operation';
import { OperationQueue } from '../../../../sandbox/cloudformation/stack-sets/operation-queue';
import { paceOf } from '../../../../sandbox/cloudformation/stack-sets/preferences';
import { type Outcome, runOperation } from '../../../../sandbox/cloudformation/stack-sets/run-operation';

const regions = ['eu-west-1', 'us-east-1'];
const accounts = ['1', '2', '3', '4', '5'];
const now = () => new Date(0);

function operation(
  preferences: Partial<OperationPreferences> = {},
  more: Partial<Operation> = {},
): Operation {
  return {
    id: 'operation',
    action: 'CREATE',
    automatic: false,
    preferences: { ...defaultPreferences, ...preferences },
    targets: {
      organizationalUnitIds: ['ou'],
      accountFilter: { type: 'NONE', accountIds: [] },
      regions,
    },
    status: 'QUEUED',
    createdAt: now(),
    results: regions.flatMap((region) =>
      accounts.map((accountId) => ({
        accountId,
        region,
        organizationalUnitId: 'ou',
        status: 'PENDING' as const,
      })),
    ),
    ...more,
  };
}

const failing =
  (...failed: string[]) =>
  async ({ accountId }: { accountId: string }): Promise<Outcome> =>
    failed.includes(accountId) ? { status: 'FAILED', reason: 'no' } : { status: 'SUCCEEDED' };

const statuses = ({ results }: Operation, region: string) =>
  results.flatMap((result) => (result.region === region ? [result.status] : []));

describe('an operation', () => {
  it('stops at the first failure by default, in this Region and in those that follow', async () => {
    const one = operation();
    await runOperation(one, failing('2'), now);
    expect(one.status).toBe('FAILED');
    expect(statuses(one, 'eu-west-1')).toEqual([
      'SUCCEEDED',
      'FAILED',
      'CANCELLED',
      'CANCELLED',
      'CANCELLED',
    ]);
    expect(new Set(statuses(one, 'us-east-1'))).toEqual(new Set(['CANCELLED']));
    expect(one.results[2]?.reason).toBe('Cancelled since failure tolerance has exceeded');
  });

  it('goes on past failures that are tolerated, counted in each Region', async () => {
    const one = operation({ failureToleranceCount: 1 });
    await runOperation(one, failing('2'), now);
    expect(one.status).toBe('SUCCEEDED');
    expect(one.results.filter(({ status }) => status === 'FAILED')).toHaveLength(2);
    const other = operation({ failureToleranceCount: 1 });
    await runOperation(other, failing('2', '3'), now);
    expect(other.status).toBe('FAILED');
    expect(statuses(other, 'eu-west-1')).toContain('CANCELLED');
  });

  it('runs all accounts of all Regions at once where its preferences say so, and tells each failure', async () => {
    const one = operation({
      regionConcurrency: 'PARALLEL',
      maxConcurrentPercentage: 100,
      concurrencyMode: 'SOFT_FAILURE_TOLERANCE',
    });
    let most = 0;
    let running = 0;
    await runOperation(
      one,
      async (result) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
        return failing('1', '2')(result);
      },
      now,
    );
    expect(most).toBe(10);
    expect(one.status).toBe('FAILED');
    expect(statuses(one, 'us-east-1')).toEqual(['FAILED', 'FAILED', 'SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
  });

  it('comes first to the Regions that its preferences name', async () => {
    const order: string[] = [];
    await runOperation(
      operation({ regionOrder: ['us-east-1', 'nowhere'] }),
      async ({ region }) => {
        order.push(region);
        return { status: 'SUCCEEDED' };
      },
      now,
    );
    expect([...new Set(order)]).toEqual(['us-east-1', 'eu-west-1']);
  });

  it.each([
    [{ failureTolerancePercentage: 20 }, 4, { width: 1, tolerance: 0 }],
    [{ failureTolerancePercentage: 25, maxConcurrentPercentage: 100 }, 4, { width: 2, tolerance: 1 }],
    [{ maxConcurrentPercentage: 10 }, 4, { width: 1, tolerance: 0 }],
    [
      { maxConcurrentCount: 9, failureToleranceCount: 2, concurrencyMode: 'SOFT_FAILURE_TOLERANCE' as const },
      4,
      { width: 9, tolerance: 2 },
    ],
  ])('of %j in %d accounts', (preferences, count, pace) => {
    expect(paceOf({ ...defaultPreferences, ...preferences }, count)).toEqual(pace);
  });
});

describe('operations on one stack set', () => {
  const about = (id: string, accountId: string) => {
    const results = operation().results.filter((result) => result.accountId === accountId);
    return operation({}, { id, results });
  };

  /** Work that ends when the test says so. */
  function held() {
    const release: (() => void)[] = [];
    const act = () => new Promise<Outcome>((resolve) => release.push(() => resolve({ status: 'SUCCEEDED' })));
    const finish = async () => {
      for (let next = release.shift(); next; next = release.shift()) {
        next();
        await new Promise(setImmediate);
      }
    };
    return { act, finish };
  }

  it('refuses a second one without managed execution, but lets auto-deployment wait', async () => {
    const queue = new OperationQueue(now);
    const { act, finish } = held();
    const first = about('first', '1');
    void queue.add(first, false, act);
    expect(() => queue.admit(about('second', '2'), false)).toThrow('first');
    const automatic = { ...about('automatic', '2'), automatic: true };
    queue.admit(automatic, false);
    const done = queue.add(automatic, false, act);
    expect([first.status, automatic.status]).toEqual(['RUNNING', 'QUEUED']);
    await finish();
    await done;
    expect([first.status, automatic.status]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });

  it('runs those that touch other accounts side by side under managed execution, and queues the rest', async () => {
    const queue = new OperationQueue(now);
    const { act, finish } = held();
    const [first, other, same] = [about('first', '1'), about('other', '2'), about('same', '1')];
    const all = [first, other, same].map((one) => queue.add(one, true, act));
    expect([first, other, same].map(({ status }) => status)).toEqual(['RUNNING', 'RUNNING', 'QUEUED']);
    await finish();
    await Promise.all(all);
    expect(same.status).toBe('SUCCEEDED');
  });

  it('stops one that waits, and goes on with the next', async () => {
    const queue = new OperationQueue(now);
    const { act, finish } = held();
    const [first, second, third] = [about('first', '1'), about('second', '1'), about('third', '1')];
    const all = [first, second, third].map((one) => queue.add(one, true, act));
    queue.stop('second');
    expect(second.status).toBe('STOPPED');
    await finish();
    await Promise.all(all);
    expect([first.status, third.status]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(() => queue.stop('third')).toThrow('not in a stoppable state');
  });
});
