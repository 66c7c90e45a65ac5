import { FakeError } from './fake-error';
import type { FakeAccount, FakeInstance, FakePolicy, FakeTrail } from './fake-parts';

/** Who calls, and where. */
export interface FakeCall {
  account: string;
  region: string;
}

/** What there is in an organization in memory. */
export class FakeState {
  readonly management = '111111111111';
  readonly hub = { account: '222222222222', region: 'eu-west-1' };
  readonly trusted = new Set(['member.org.stacksets.cloudformation.amazonaws.com']);
  readonly administrators = new Set([this.hub.account]);
  readonly policies = new Map<string, FakePolicy>();
  readonly accounts = new Map<string, FakeAccount>();
  /** By the sets' names. */
  readonly stackSets = new Map<string, FakeInstance[]>();
  readonly operations: { StackSetName: string; OperationId: string; Action: string; Status: string }[] = [];
  /** Names of buckets, and whose they are. */
  readonly buckets = new Map([['cdk-hnb659fds-assets-222222222222-eu-west-1', this.hub.account]]);
  featureSet = 'ALL';
  executions = 1_000;
  /** Whether the hub's queue takes what rule functions send. */
  queuePolicy = true;
  trail: FakeTrail | undefined = {
    arn: `arn:aws:cloudtrail:eu-west-1:${this.management}:trail/organization`,
    isLogging: true,
    isEverywhere: true,
  };
  readonly units = [
    { id: 'ou-abcd-workload', parentId: 'r-abcd', name: 'Workloads' },
    { id: 'ou-abcd-sandbox0', parentId: 'r-abcd', name: 'Sandbox' },
  ];
  /** Probes that came the whole way. */
  readonly arrivals: { accountId: string; region: string; detector: string }[] = [];
  /** Ways on which probes are lost: `detector account Region`. */
  readonly lostWays = new Set<string>();

  /** The coordinator sees a probe, unless something on its way loses it. */
  probeArrives(detector: string, accountId: string, region: string): void {
    if (!this.lostWays.has(`${detector} ${accountId} ${region}`))
      this.arrivals.push({ accountId, region, detector });
  }

  account(id: string): FakeAccount {
    const account = this.accounts.get(id);
    if (account === undefined) throw new FakeError('AccessDenied', `There is no account ${id}.`);
    return account;
  }
}
