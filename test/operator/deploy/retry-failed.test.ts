import type { AwsAccess } from '../../../operator/aws/access';
import { makeWay, retryFailed } from '../../../operator/deploy/retry/retry-failed';
import type { ExpectedAccount } from '../../../operator/doctor/deployed/facts';
import { stubbed } from '../../support/stubbed-client';
import { FakeError } from '../doctor/organization/fake-error';
import { quietHost } from '../fake-hub';

const region = 'eu-west-1';
const [moved, other] = ['333333333333', '444444444444'];

/** StackSets in memory: what one makes in an account has the names of what another of the same kind makes. */
class FakeStackSets {
  readonly instances = new Map<string, Map<string, 'CURRENT' | 'OUTDATED' | 'INOPERABLE'>>();
  readonly done: string[] = [];
  /** Accounts in which nothing can be made. */
  readonly closed = new Set<string>();
  refuses = false;

  readonly access: AwsAccess = {
    client: (type, place) =>
      stubbed(
        new type({
          ...place,
          maxAttempts: 1,
          retryMode: 'adaptive',
          requestHandler: { connectionTimeout: 1, requestTimeout: 1, throwOnRequestTimeout: true },
        }) as never,
        (command: string, input: Record<string, unknown>) => this.answer(command, input),
      ),
  };

  set(name: string, account: string, status: 'CURRENT' | 'OUTDATED' | 'INOPERABLE'): void {
    const of = this.instances.get(name) ?? new Map();
    this.instances.set(name, of.set(account, status));
  }

  private answer(command: string, input: Record<string, unknown>): object {
    const name = String(input.StackSetName);
    if (command === 'ListStackInstancesCommand') {
      const of = this.instances.get(name);
      if (of === undefined) throw new FakeError('StackSetNotFoundException', `no ${name}`);
      return {
        Summaries: [...of].map(([Account, Status]) => ({
          ...{ Account, Region: region, OrganizationalUnitId: 'r-abcd', Status },
          StackInstanceStatus: { DetailedStatus: Status === 'CURRENT' ? 'SUCCEEDED' : 'FAILED' },
        })),
      };
    }
    if (command === 'DescribeStackSetOperationCommand') return { StackSetOperation: { Status: 'SUCCEEDED' } };
    if (this.refuses) throw new FakeError('AccessDeniedException', 'you may not');
    const { Accounts = [] } = input.DeploymentTargets as { Accounts?: string[] };
    this.done.push(`${command.replace('StackInstancesCommand', '')} ${name} ${Accounts.join(' ')}`);
    for (const account of Accounts) this.carryOut(command, name, account);
    return { OperationId: 'operation' };
  }

  private carryOut(command: string, name: string, account: string): void {
    if (command === 'DeleteStackInstancesCommand') {
      this.instances.get(name)?.delete(account);
      return;
    }
    const kind = (set: string) => set.replace(/-(accounts|pilot)/g, '');
    const isTaken = [...this.instances].some(
      ([set, of]) => set !== name && kind(set) === kind(name) && of.get(account) === 'CURRENT',
    );
    this.set(name, account, isTaken || this.closed.has(account) ? 'OUTDATED' : 'CURRENT');
  }
}

const expected = (accountId: string, pilot: boolean): ExpectedAccount => {
  const end = pilot ? '-pilot' : '';
  const names = (kind: string) => [`staunch-${kind}${end}`, `staunch-${kind}-accounts${end}`];
  return {
    ...{ accountId, name: accountId, unitId: 'ou-abcd-11111111', recorder: 'own', mayBeDaily: false },
    ...{ remediation: true, pilot },
    sets: ['access', 'remediation'].map((kind) => ({ names: names(kind), regions: [region] })),
  };
};

let sets: FakeStackSets;
const work = () => ({
  access: sets.access,
  host: quietHost(),
  home: { account: '222222222222', region },
  pause: async () => {},
});
const retried = (accounts: ExpectedAccount[]) => retryFailed(work(), accounts);

beforeEach(() => {
  sets = new FakeStackSets();
});

describe('failed stacks of members', () => {
  it('are made at once where the stack that stood in the way is gone, and no others', async () => {
    sets.set('staunch-access', moved, 'CURRENT');
    sets.set('staunch-access', other, 'CURRENT');
    sets.set('staunch-remediation-accounts', moved, 'OUTDATED');
    sets.set('staunch-remediation', other, 'CURRENT');

    expect(await retried([expected(moved, false), expected(other, false)])).toEqual({ failed: 1, left: 0 });
    expect(sets.done).toEqual([`Create staunch-remediation-accounts ${moved}`]);
  });

  it('that fail once more are tried no more than it gets further', async () => {
    sets.set('staunch-access', moved, 'OUTDATED');
    sets.closed.add(moved);

    expect(await retried([expected(moved, false)])).toEqual({ failed: 1, left: 1 });
    expect(sets.done).toEqual([`Create staunch-access ${moved}`]);
  });

  it('are left to the hub where AWS refuses, and inoperable ones to a person', async () => {
    sets.set('staunch-access', moved, 'OUTDATED');
    sets.set('staunch-access', other, 'INOPERABLE');
    sets.refuses = true;

    expect(await retried([expected(moved, false), expected(other, false)])).toEqual({
      failed: 1,
      left: 1,
      refused: 'AccessDeniedException: you may not',
    });
  });
});

describe('an account that becomes one of the pilot', () => {
  const madeWay = () => makeWay(work(), [expected(moved, true)]);

  it('loses what the rest made there first, of every kind, so that nothing of both goes with it later', async () => {
    for (const kind of ['access', 'rules', 'trail']) {
      sets.set(`staunch-${kind}`, moved, 'CURRENT');
      sets.set(`staunch-${kind}`, other, 'CURRENT');
    }

    await madeWay();
    expect(sets.done).toEqual(['rules', 'trail', 'access'].map((kind) => `Delete staunch-${kind} ${moved}`));
    // Called again, as after it was ended there, it does nothing.
    sets.done.length = 0;
    await madeWay();
    expect(sets.done).toEqual([]);
  });

  it('is not deployed to where that is refused', async () => {
    sets.set('staunch-access', moved, 'CURRENT');
    sets.refuses = true;

    await expect(madeWay()).rejects.toThrow('you may not');
  });
});
