import { createHash } from 'node:crypto';
import type { Place } from '../../events';
import type { Stack } from '../stack';
import { parseTemplate } from '../template';
import type { AccountsUnder } from './accounts';
import { requireCapabilities } from './capabilities';
import type { StackSetRequest } from './definition';
import { StackSet } from './stack-set';

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
}

/** Service-managed stack sets of an organization. */
export interface StackSets {
  /**
   * Creates a stack set and its stacks; one that is there gets another template, and its stacks with it.
   *
   * @throws Error with AWS's words where CloudFormation would refuse it.
   */
  create(request: StackSetRequest): Promise<{ stackSetId: string }>;
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
  let lastAutoDeployment = Promise.resolve();

  const autoDeploy = async (): Promise<void> => {
    const accountsUnder = options.accountsUnder();
    const deployed = inOrder([...stackSets.values()].filter(({ request }) => request.autoDeployment.enabled));
    const changed = await Promise.all(
      deployed.map(async (stackSet) => ({ stackSet, changes: await stackSet.look(accountsUnder) })),
    );
    // What was created last may stand on what was created first.
    for (const { stackSet, changes } of changed.toReversed()) await stackSet.release(changes);
    for (const { stackSet, changes } of changed) await stackSet.enroll(changes);
  };

  return {
    async create(request) {
      await requireAdministrator(request, options);
      const template = parseTemplate(request.template, request.name);
      requireCapabilities(template, request.capabilities);
      const { accountId, region } = request.administrator;
      const stackSetId = `${request.name}:${uniqueId(`${accountId}/${region}/${request.name}`)}`;
      // It is created in the management account, also by a delegated administrator:
      // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
      const arn = `arn:aws:cloudformation:${region}:${options.managementAccountId}:stackset/${stackSetId}`;
      for (const other of request.autoDeployment.dependsOn) {
        if (!stackSets.has(other)) throw new Error(`StackSetNotFound: ${other} does not exist yet.`);
      }
      const existing = stackSets.get(arn);
      if (existing) {
        await existing.update(request, options.update);
        return { stackSetId };
      }
      const stackName = `StackSet-${stackSetId.replace(':', '-')}`;
      const stackSet = new StackSet(arn, request, (now, place) => options.deploy(now, stackName, place));
      stackSets.set(arn, stackSet);
      await stackSet.createInstances(options.accountsUnder());
      return { stackSetId };
    },
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

/**
 * Only the management account and a delegated administrator may have service-managed stack sets:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html
 */
async function requireAdministrator(
  { administrator, callAs }: StackSetRequest,
  { managementAccountId, delegatedAdministrators }: StackSetsOptions,
): Promise<void> {
  const administrators = callAs === 'SELF' ? [managementAccountId] : await delegatedAdministrators();
  if (administrators.includes(administrator.accountId)) return;
  throw new Error(
    `ValidationError: Account ${administrator.accountId} used CallAs ${callAs}, but may not: register it as delegated administrator of member.org.stacksets.cloudformation.amazonaws.com.`,
  );
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
