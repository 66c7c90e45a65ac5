import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CompiledPolicy } from '../../config/compiled';
import { coveragePlan } from '../../config/planned-coverage';
import { StructurePlaces } from '../../config/structure-places';
import { cut } from '../../core/cut';
import { type OrganizationTree, structureOf } from '../../ledger/organization-tree';
import type { MemberStack, StackFailures } from '../../ledger/stack-failures';
import { plannedSteps } from './planned-steps';
import { readInstances } from './read-instances';
import { runStep } from './run-step';
import type { StackInstance } from './stack-instance';

/** So much of AWS's words on a stack that failed is logged. */
const longestReason = 300;

/** What a reconcile takes. */
export interface ReconcileParts {
  policy: CompiledPolicy;
  /** @throws NoTreeError where none is kept that is younger than a day: nothing is changed then */
  tree: () => Promise<OrganizationTree>;
  client: CloudFormationClient;
  /** The coordinator tells of what is written here. */
  stackFailures: Pick<StackFailures, 'write'>;
  now: () => Date;
  log: {
    info(message: string, more: object): void;
    warn(message: string, more: object): void;
  };
}

/** What a reconcile began. */
export interface Reconciled {
  /** Ids of operations. */
  operations: string[];
  /** How many stacks are not as they should be. */
  failed: number;
}

/**
 * Brings the stacks of the members to where the policy has them: those that should not be there go, those that failed are tried
 * again. It may run twice and stop at any time: each run looks at what is there.
 * @throws UnresolvedPolicyError, NoTreeError, AWS's own error: nothing more is begun
 */
export async function reconcile(parts: ReconcileParts): Promise<Reconciled> {
  const { policy, tree, client, stackFailures, now, log } = parts;
  const structure = structureOf(await tree());
  const plan = coveragePlan(policy, new StructurePlaces(structure));
  const instances = await readInstances(client);
  const { steps, failed } = plannedSteps(
    structure.accounts.map((account) => plan.account(account)),
    instances,
  );
  for (const { reason, ...place } of failed)
    log.warn('A stack is not as its stack set has it', { ...place, reason: cut(reason, longestReason) });

  const running = instances.filter(({ state }) => state === 'running');
  await stackFailures.write(failed, running.map(memberStack), now());

  const operations: string[] = [];
  const busy = setsUnderWay(instances);
  for (const step of steps) {
    if (busy.has(step.stackSet)) continue;
    // Operations on a stack set follow each other; what is left comes the next time.
    busy.add(step.stackSet);
    const operation = await runStep(client, step);
    const { what, stackSet, accountIds, regions } = step;
    const did = { what, stackSet, accounts: accountIds.length, regions };
    if (operation === undefined) log.info('A stack set is busy; the next time goes on', did);
    else {
      operations.push(operation);
      log.info('An operation has begun', { ...did, operation });
    }
  }
  return { operations, failed: failed.length };
}

function memberStack({ stackSet, accountId, region, reason }: StackInstance): MemberStack {
  return { stackSet, accountId, region, reason };
}

/** Stack sets of which an operation works on some stack. */
function setsUnderWay(instances: readonly StackInstance[]): Set<string> {
  return new Set(instances.filter(({ state }) => state === 'running').map(({ stackSet }) => stackSet));
}
