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
  /** How many steps have been made: calls of AWS, and runs of the CDK. */
  steps = 0;
  /** Resolves when the process that deploys is killed; see `killAt`. */
  readonly killed: Promise<'killed'>;
  private die: () => void = () => {};
  private killAt: { step: number; after: boolean } | undefined;
  private readonly waits = new Map<string, { looks: number; then: string | undefined }>();

  readonly access: AwsAccess = {
    client: (type, place) =>
      stubbed(
        new type({ ...place, maxAttempts: 1, retryMode: 'adaptive', requestHandler: limits }) as never,
        (command: string, { StackName, StackSetName }: Record<string, unknown>) =>
          this.step(() => {
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
          }),
      ),
  };

  constructor() {
    this.killed = new Promise((resolve) => {
      this.die = () => resolve('killed');
    });
  }

  /**
   * Has the process that deploys end at a step, counted from 1: it hears of nothing any more. What AWS was asked for goes on.
   * @param after whether AWS, or the CDK, was asked before it ended
   */
  kill(step: number, after: boolean): void {
    this.killAt = { step, after };
  }

  private async step<Result>(make: () => Result): Promise<Result> {
    this.steps += 1;
    const isLast = this.steps === this.killAt?.step;
    if (!isLast) return make();
    if (this.killAt?.after) {
      try {
        make();
      } catch {
        // Nobody hears of the error either.
      }
    }
    this.killAt = undefined;
    this.die();
    return new Promise<never>(() => {});
  }

  /** In the middle of something for so many looks. */
  busy(stack: string, looks: number, then: string | undefined): void {
    this.statuses.set(stack, 'UPDATE_IN_PROGRESS');
    this.waits.set(stack, { looks, then });
  }

  readonly cdk: Cdk = {
    deploy: async (stack, { adopt }, progress) => {
      this.adopted ||= adopt;
      progress(`${stack} | 1/2 | CREATE_COMPLETE`);
      return this.step(() => this.run('deploy', stack, 'UPDATE_COMPLETE'));
    },
    destroy: (stack) => this.step(() => this.run('destroy', stack, undefined)),
  };

  private run(what: string, stack: string, end: string | undefined): CdkRun {
    // "is in UPDATE_IN_PROGRESS state and can not be updated": CloudFormation works on a stack once at a time.
    if (/(?<!REVIEW)_IN_PROGRESS$/.test(this.statuses.get(stack) ?? ''))
      return { ok: false, said: ['it is busy'] };
    this.done.push(`${what} ${stack}`);
    const failure = this.failing.get(stack);
    this.failing.delete(stack);
    if (failure !== undefined) {
      this.statuses.set(stack, failure);
      return { ok: false, said: ['it failed'] };
    }
    // Whose caller is gone goes on for a while.
    if (this.killAt !== undefined && this.steps === this.killAt.step) {
      const doing = end === undefined ? 'DELETE' : this.statuses.has(stack) ? 'UPDATE' : 'CREATE';
      this.busy(stack, 2, end);
      this.statuses.set(stack, `${doing}_IN_PROGRESS`);
    } else if (end === undefined) this.statuses.delete(stack);
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
