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
  unitOf = (_account: string): string => 'r-abcd';
  onOperation = (_accounts: readonly string[], _units: string[]): void => {};

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
          ...{ Account, Region: region, OrganizationalUnitId: this.unitOf(Account), Status },
          StackInstanceStatus: { DetailedStatus: Status === 'CURRENT' ? 'SUCCEEDED' : 'FAILED' },
        })),
      };
    }
    if (command === 'DescribeStackSetOperationCommand') return { StackSetOperation: { Status: 'SUCCEEDED' } };
    if (this.refuses) throw new FakeError('AccessDeniedException', 'you may not');
    const { Accounts = [], OrganizationalUnitIds = [] } = input.DeploymentTargets as Record<string, string[]>;
    this.onOperation(Accounts, OrganizationalUnitIds);
    this.done.push(`${command.replace('StackInstancesCommand', '')} ${name} ${Accounts.join(' ')}`);
    for (const account of Accounts) this.carryOut(command, name, account);
    return { OperationId: 'operation' };
  }

  private carryOut(command: string, name: string, account: string): void {
    if (command === 'DeleteStackInstancesCommand') {
      this.instances.get(name)?.delete(account);
      return;
    }
    // Neither is an instance that is there created, nor one that is not updated.
    if (this.instances.get(name)?.has(account) !== (command === 'UpdateStackInstancesCommand')) return;
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
    expect(sets.done).toEqual([`Update staunch-remediation-accounts ${moved}`]);
  });

  it('that fail once more are tried no more than it gets further', async () => {
    sets.set('staunch-access', moved, 'OUTDATED');
    sets.closed.add(moved);

    expect(await retried([expected(moved, false)])).toEqual({ failed: 1, left: 1 });
    expect(sets.done).toEqual([`Update staunch-access ${moved}`]);
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

describe('operations on many accounts', () => {
  it('name no more units than AWS takes in one', async () => {
    const accounts = Array.from({ length: 120 }, (_, index) => String(300_000_000_000 + index));
    const operations: string[][] = [];
    sets.onOperation = (_accounts, units) => operations.push(units);
    for (const account of accounts) sets.set('staunch-access', account, 'OUTDATED');
    sets.unitOf = (account) => `ou-abcd-${account}`;

    expect(await retried(accounts.map((account) => expected(account, false)))).toEqual({
      failed: 120,
      left: 0,
    });
    expect(operations.map(({ length }) => length)).toEqual([50, 50, 20]);
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
