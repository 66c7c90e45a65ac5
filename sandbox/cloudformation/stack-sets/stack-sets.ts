import { createHash } from 'node:crypto';
import type { Place } from '../../events';
import { Limiter } from '../../limiter';
import type { CreatedStackSet } from '../resource-type';
import type { Stack } from '../stack';
import { parseTemplate } from '../template';
import type { AccountsUnder } from './accounts';
import { requireCapabilities } from './capabilities';
import { changesOf } from './changes';
import type { StackSetRequest } from './definition';
import { StackSetError } from './error';
import type { Operation } from './operation';
import { type Begun, StackSet, type StackSetParts } from './stack-set';

/** How many stacks are worked on at the same time. More would only queue up in moto, which works on one call at a time. */
const concurrentStacks = 16;

/** What stack sets are made with. */
export interface StackSetsOptions {
  managementAccountId: string;
  /** The accounts that are registered now as delegated administrators of StackSets. */
  delegatedAdministrators: () => Promise<readonly string[]>;
  /** Makes a lookup of the organization as it is now. */
  accountsUnder: () => AccountsUnder;
  /** Creates one stack of a stack set. `stackName` is the name that CloudFormation gives it. */
  deploy: (request: StackSetRequest, stackName: string, place: Place) => Promise<Stack>;
  /** Updates one of them to the template that the stack set has now. */
  update: (request: StackSetRequest, stack: Stack, place: Place) => Promise<void>;
  /** Why nothing can be deployed to a place at all; default: nothing hinders. */
  refusalOf?: StackSetParts['refusalOf'];
  /** Hears of each stack that failed. */
  failed?: StackSetParts['failed'];
  /** Default: the machine's clock. */
  now?: () => Date;
}

/** Service-managed stack sets of an organization. */
export interface StackSets {
  /**
   * Creates a stack set and its stacks; of one that is there, whatever differs is changed, as the resource
   * `AWS::CloudFormation::StackSet` does.
   *
   * @throws Error with AWS's words where CloudFormation would refuse it, or more stacks failed than are tolerated.
   */
  create(request: StackSetRequest): Promise<CreatedStackSet>;
  /** Every stack set, in the order of creation. */
  all(): readonly StackSet[];
  /**
   * The stack set of this name, id or ARN.
   * @throws StackSetError `StackSetNotFoundException`
   */
  named(name: string): StackSet;
  /**
   * Deletes a stack set.
   * @throws StackSetError `StackSetNotEmptyException` where it has instances
   */
  delete(stackSet: StackSet): void;
  /**
   * Lets the management account, or with `DELEGATED_ADMIN` a delegated administrator, act on stack sets.
   * @throws StackSetError for anybody else
   */
  requireAdministrator(accountId: string, callAs: StackSetRequest['callAs']): Promise<void>;
  /** Looks at the organization again: accounts that joined a target get their stacks, those that left lose them. */
  organizationChanged(): Promise<void>;
  /** Whether the account has the stacks of every stack set that it falls under, and falls under one at least. */
  isEnrolled(accountId: string): boolean;
}

/**
 * Makes the organization's stack sets, none at first.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html
 */
export function createStackSets(options: StackSetsOptions): StackSets {
  const stackSets = new Map<string, StackSet>();
  const limiter = new Limiter(concurrentStacks);
  const { refusalOf = () => undefined, failed = () => {}, now = () => new Date() } = options;
  let lastAutoDeployment = Promise.resolve();

  const autoDeploy = async (): Promise<void> => {
    const accountsUnder = options.accountsUnder();
    const deployed = inOrder([...stackSets.values()].filter(({ request }) => request.autoDeployment.enabled));
    const changed = await Promise.all(
      deployed.map(async (stackSet) => ({ stackSet, change: await stackSet.look(accountsUnder) })),
    );
    // What was created last may stand on what was created first.
    for (const { stackSet, change } of changed.toReversed()) await stackSet.release(change);
    for (const { stackSet, change } of changed) await stackSet.enroll(change);
  };

  const requireAdministrator: StackSets['requireAdministrator'] = async (accountId, callAs) => {
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
    const administrators =
      callAs === 'SELF' ? [options.managementAccountId] : await options.delegatedAdministrators();
    if (administrators.includes(accountId)) return;
    throw new StackSetError(
      'ValidationError',
      `Account ${accountId} used CallAs ${callAs}, but may not: register it as delegated administrator of member.org.stacksets.cloudformation.amazonaws.com.`,
    );
  };

  const add = (arn: string, request: StackSetRequest): StackSet => {
    const stackName = `StackSet-${arn.slice(arn.indexOf('/') + 1).replace(':', '-')}`;
    const stackSet = new StackSet(arn, request, {
      accountsUnder: options.accountsUnder,
      deploy: (current, place) => limiter.run(() => options.deploy(current, stackName, place)),
      update: (current, stack, place) => limiter.run(() => options.update(current, stack, place)),
      refusalOf,
      failed,
      now,
    });
    stackSets.set(arn, stackSet);
    return stackSet;
  };

  const remove = async (stackSet: StackSet): Promise<void> => {
    const { preferences } = stackSet.request;
    await succeed(stackSet, stackSet.deleteInstances(undefined, { retainStacks: false, preferences }));
    requireEmpty(stackSet);
    stackSets.delete(stackSet.arn);
  };

  const createdAs = (stackSet: StackSet): CreatedStackSet => ({
    stackSetId: stackSet.id,
    remove: () => remove(stackSet),
  });

  const createInstances = async (stackSet: StackSet, groups = stackSet.request.groups): Promise<void> => {
    const { preferences } = stackSet.request;
    for (const group of groups) await succeed(stackSet, stackSet.createInstances(group, { preferences }));
  };

  const update = async (stackSet: StackSet, request: StackSetRequest): Promise<void> => {
    const { preferences } = request;
    const { settings, removed, groups } = changesOf(stackSet.request, request);
    for (const group of removed) {
      await succeed(stackSet, stackSet.deleteInstances(group, { retainStacks: false, preferences }));
    }
    if (settings) await succeed(stackSet, stackSet.update(request, { preferences }));
    stackSet.setGroups(request.groups);
    if (groups) await createInstances(stackSet);
  };

  return {
    async create(request) {
      const { accountId, region } = request.administrator;
      await requireAdministrator(accountId, request.callAs);
      requireCapabilities(parseTemplate(request.template, request.name), request.capabilities);
      const stackSetId = `${request.name}:${uniqueId(`${accountId}/${region}/${request.name}`)}`;
      // It is created in the management account, also by a delegated administrator:
      // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
      const arn = `arn:aws:cloudformation:${region}:${options.managementAccountId}:stackset/${stackSetId}`;
      for (const other of request.autoDeployment.dependsOn) {
        if (!stackSets.has(other)) {
          throw new StackSetError('StackSetNotFoundException', `StackSet ${other} not found`);
        }
      }
      const existing = stackSets.get(arn);
      if (existing) {
        await update(existing, request);
        return createdAs(existing);
      }
      const stackSet = add(arn, request);
      try {
        await createInstances(stackSet);
      } catch (error) {
        // CloudFormation rolls the resource back, the stacks that succeeded included.
        await remove(stackSet).catch(() => {});
        throw error;
      }
      return createdAs(stackSet);
    },
    all: () => [...stackSets.values()],
    named(name) {
      const found = [...stackSets.values()].find(
        ({ arn, id, request }) => name === arn || name === id || name === request.name,
      );
      if (found) return found;
      throw new StackSetError('StackSetNotFoundException', `StackSet ${name} not found`);
    },
    delete(stackSet) {
      requireEmpty(stackSet);
      stackSets.delete(stackSet.arn);
    },
    requireAdministrator,
    organizationChanged() {
      // Operations on a stack set follow each other; a failed one does not stop the next.
      lastAutoDeployment = lastAutoDeployment.catch(() => {}).then(autoDeploy);
      return lastAutoDeployment;
    },
    isEnrolled(accountId) {
      const over = [...stackSets.values()].filter((stackSet) => stackSet.targets(accountId));
      return over.length > 0 && over.every((stackSet) => stackSet.covers(accountId));
    },
  };
}

function requireEmpty({ instances }: StackSet): void {
  if (instances.size === 0) return;
  throw new StackSetError('StackSetNotEmptyException', 'StackSet is not empty');
}

/** Waits for an operation. @throws StackSetError where it did not succeed, with the reasons of those that failed */
async function succeed(stackSet: StackSet, beginning: Promise<Begun>): Promise<void> {
  const { operation, done } = await beginning;
  await done;
  if (operation.status === 'SUCCEEDED') return;
  throw new StackSetError(
    'InternalFailure',
    `Stack set operation [${operation.id}] of ${stackSet.request.name} was unexpectedly stopped or failed. status reason(s): [${reasonsOf(operation).join(' | ')}]`,
  );
}

function reasonsOf({ results }: Operation): string[] {
  return [...new Set(results.flatMap(({ status, reason }) => (status === 'FAILED' && reason ? reason : [])))];
}

/** Stack sets after those that their auto-deployment depends on. Each exists before the one that names it. */
function inOrder(stackSets: readonly StackSet[]): StackSet[] {
  const ordered = new Set<StackSet>();
  const place = (stackSet: StackSet): void => {
    for (const arn of stackSet.request.autoDeployment.dependsOn) {
      const other = stackSets.find((candidate) => candidate.arn === arn);
      if (other) place(other);
    }
    ordered.add(stackSet);
  };
  stackSets.forEach(place);
  return [...ordered];
}

function uniqueId(name: string): string {
  const digest = createHash('sha256').update(name).digest('hex');
  return [8, 4, 4, 4, 12].map((length, index) => digest.slice(index * 12, index * 12 + length)).join('-');
}
