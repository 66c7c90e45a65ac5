import { stackNames } from '../../../core/names';
import type { AwsAccess } from '../../../operator/aws/access';
import type { Cdk, CdkRun } from '../../../operator/deploy/cdk';
import { stubbed } from '../../support/stubbed-client';
import { FakeError } from '../doctor/organization/fake-error';

/** CloudFormation in memory, as far as a deployment asks it, and a CDK that works on it. */
export class FakeCloudFormation {
  readonly statuses = new Map<string, string>();
  /** The account of the credentials. */
  caller = '222222222222';
  /** What was done, in its order: `deploy staunch-hub`. */
  readonly done: string[] = [];
  /** Stacks whose next run fails, with the state that it leaves. */
  readonly failing = new Map<string, string>();
  /** Whether the CDK was told to take over what is there. */
  adopted = false;
  /** What stack sets have in members, by their names. */
  readonly instances = new Map<string, object[]>();
  /** Whether AWS tells nobody of stack sets. */
  unreadable = false;
  /** Names of stacks that are in a member, as StackSets made them. */
  readonly memberStacks: string[] = [];
  /** Regions that are not bootstrapped. */
  readonly bare = new Set<string>();
  private readonly waits = new Map<string, { looks: number; then: string | undefined }>();

  readonly access: AwsAccess = {
    client: (type, place) =>
      stubbed(
        new type({ ...place, maxAttempts: 1, retryMode: 'adaptive', requestHandler: limits }) as never,
        (command: string, { StackName, StackSetName }: Record<string, unknown>) => {
          if (command === 'ListStackInstancesCommand') return this.listInstances(String(StackSetName));
          if (command === 'GetCallerIdentityCommand') return { Account: this.caller };
          if (command === 'ListStacksCommand')
            return {
              StackSummaries: this.memberStacks.map((StackName) => ({
                StackName,
                StackStatus: 'CREATE_COMPLETE',
              })),
            };
          if (command === 'HeadBucketCommand') {
            if (this.bare.has(place.region)) throw new FakeError('NotFound', 'UnknownError');
            return {};
          }
          return command === 'DeleteStackCommand'
            ? this.startDeleting(String(StackName))
            : this.describe(String(StackName));
        },
      ),
  };

  /** In the middle of something for so many looks. */
  busy(stack: string, looks: number, then: string | undefined): void {
    this.statuses.set(stack, 'UPDATE_IN_PROGRESS');
    this.waits.set(stack, { looks, then });
  }

  readonly cdk: Cdk = {
    deploy: async (stack, { adopt }, progress) => {
      this.adopted ||= adopt;
      progress(`${stack} | 1/2 | CREATE_COMPLETE`);
      return this.run('deploy', stack, 'UPDATE_COMPLETE');
    },
    destroy: async (stack) => this.run('destroy', stack, undefined),
  };

  private run(what: string, stack: string, end: string | undefined): CdkRun {
    this.done.push(`${what} ${stack}`);
    const failure = this.failing.get(stack);
    this.failing.delete(stack);
    if (failure !== undefined) {
      this.statuses.set(stack, failure);
      return { ok: false, said: ['it failed'] };
    }
    if (end === undefined) this.statuses.delete(stack);
    else this.statuses.set(stack, end);
    return { ok: true, said: [] };
  }

  private listInstances(name: string): object {
    if (this.unreadable) throw new FakeError('AccessDeniedException', 'no');
    const Summaries = this.instances.get(name);
    if (Summaries === undefined) throw new FakeError('StackSetNotFoundException', `no ${name}`);
    return { Summaries };
  }

  private startDeleting(stack: string): object {
    if (!this.statuses.has(stack)) return {};
    this.done.push(`delete ${stack}`);
    this.busy(stack, 2, this.failing.get(stack));
    this.failing.delete(stack);
    this.statuses.set(stack, 'DELETE_IN_PROGRESS');
    return {};
  }

  private describe(stack: string): object {
    const wait = this.waits.get(stack);
    if (wait !== undefined && wait.looks-- <= 0) {
      this.waits.delete(stack);
      if (wait.then === undefined) this.statuses.delete(stack);
      else this.statuses.set(stack, wait.then);
    }
    const StackStatus = this.statuses.get(stack);
    if (StackStatus === undefined)
      throw new FakeError('ValidationError', `Stack with id ${stack} does not exist`);
    return { Stacks: [{ StackStatus, StackStatusReason: 'because' }] };
  }
}

const limits = { connectionTimeout: 1, requestTimeout: 1, throwOnRequestTimeout: true } as const;

/** Every stack that a policy with a pilot has. */
export const allStacks: string[] = Object.values(stackNames);
