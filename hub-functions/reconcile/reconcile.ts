import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CompiledPolicy } from '../../config/compiled';
import { placementDigest } from '../../config/placement-digest';
import { coveragePlan } from '../../config/planned-coverage';
import { StructurePlaces } from '../../config/structure-places';
import { cut } from '../../core/cut';
import { deleteInstanceCommand } from '../../core/delete-stack-instance';
import { groupedBy } from '../../core/grouped';
import { type OrganizationTree, structureOf } from '../../ledger/organization/organization-tree';
import type { MemberStack, StackFailures } from '../../ledger/told/stack-failures';
import { plannedSteps } from './planned-steps';
import { readInstances } from './read-instances';
import { runStep } from './run-step';
import type { StackInstance } from './stack-instance';

/** So much of AWS's words on a stack that failed is logged. */
const longestReason = 300;

/** One comes after another so often. */
const hourMilliseconds = 60 * 60_000;

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
 * again. It may run twice and stop at any time: each run looks at what is there. Of a stack set with several operations to do, each has its
 * turn by the hour, so that one that fails each time keeps no other from it.
 * @throws UnresolvedPolicyError, NoTreeError, AWS's own error: nothing is begun
 * @throws AWS's own error on the first operation that it refuses, after those on all other stack sets
 */
export async function reconcile(parts: ReconcileParts): Promise<Reconciled> {
  const { policy, tree, client, stackFailures, now, log } = parts;
  const structure = structureOf(await tree());
  const plan = coveragePlan(policy, new StructurePlaces(structure));
  const instances = await readInstances(client, placementDigest(policy));
  const { steps, failed } = plannedSteps(
    structure.accounts.map((account) => plan.account(account)),
    instances,
  );
  for (const { reason, inoperableIn: unitId, ...place } of failed)
    log.warn('A stack is not as its stack set has it', {
      ...place,
      reason: cut(reason, longestReason),
      ...(unitId !== undefined && { command: deleteInstanceCommand({ ...place, unitId }) }),
    });

  const running = instances.filter(({ state }) => state === 'running');
  await stackFailures.write(failed, running.map(memberStack), now());

  const operations: string[] = [];
  const busy = setsUnderWay(instances);
  const refusals: unknown[] = [];
  const turn = Math.floor(now().getTime() / hourMilliseconds);
  for (const [stackSet, ofSet] of groupedBy(steps, (step) => step.stackSet)) {
    // Operations on a stack set follow each other; what is left comes the next time.
    const step = ofSet[turn % ofSet.length];
    if (step === undefined || busy.has(stackSet)) continue;
    const { what, accountIds, regions } = step;
    const did = { what, stackSet, accounts: accountIds.length, regions };
    let operation: string | undefined;
    try {
      operation = await runStep(client, step);
    } catch (error) {
      refusals.push(error);
      log.warn('AWS refuses an operation', { ...did, error: cut(String(error), longestReason) });
      continue;
    }
    if (operation === undefined) log.info('A stack set is busy; the next time goes on', did);
    else {
      operations.push(operation);
      log.info('An operation has begun', { ...did, operation });
    }
  }
  if (refusals.length > 0) throw refusals[0];
  return { operations, failed: failed.length };
}

function memberStack({ stackSet, accountId, region, reason }: StackInstance): MemberStack {
  return { stackSet, accountId, region, reason };
}

/** Stack sets of which an operation works on some stack. */
function setsUnderWay(instances: readonly StackInstance[]): Set<string> {
  return new Set(instances.filter(({ state }) => state === 'running').map(({ stackSet }) => stackSet));
}
