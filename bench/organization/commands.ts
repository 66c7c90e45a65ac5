import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { compilePolicy } from '../../config/compile';
import type { Organization } from '../../config/organization';
import type { SavedStructure } from '../../config/saved-structure';
import { ledgerTableName, stackSetKinds, stackSetName } from '../../core/names';
import { reconcile } from '../../hub-functions/reconcile/reconcile';
import type { OrganizationTree, TreeNode } from '../../ledger/organization/organization-tree';
import { ledgerDocuments } from '../../ledger/table/documents';
import { StackFailures } from '../../ledger/told/stack-failures';
import { deployPreview, type PreviewedAssembly } from '../../operator/deploy/preview';
import { askBefore } from '../../operator/doctor/ask-before';
import { askDeployed } from '../../operator/doctor/ask-deployed';
import { expectedAccounts } from '../../operator/doctor/expected-accounts';
import { isWell, type Verdict } from '../../operator/doctor/verdict';
import type { Hub } from '../../operator/hub/hub';
import { askStructure } from '../../operator/organization/ask-structure';
import { savedStructureOf } from '../../operator/organization/saved-structure';
import { planPolicy } from '../../operator/plan/plan-policy';
import { deploy, now, verdictCode } from '../../test/operator/doctor/organization/planted-organization';
import { collectedHeap, type HeapReader } from './live-heap';
import { PacedCalls } from './paced-calls';
import { PacedOrganization } from './paced-organization';
import { plantedLedger, withPacedHub } from './planted-hub';
import { benchPolicy } from './policy';
import { wholeStructureOf } from './structure';

/** What a command over a whole organization takes. */
export interface Taken {
  /** Simulated: waiting for AWS. */
  seconds: number;
  /** Of this machine's processor. */
  processorSeconds: number;
  /** The most that is in use at once, what the simulation takes included, in megabytes, as the question's `heap` sees it. */
  megabytes: number;
  /** How many calls were made, by service and operation. */
  calls: ReadonlyMap<string, number>;
  /** What was waited for the longest, of all throttles; absent where none refused a call. */
  throttle?: { name: string; seconds: number };
  /** How much came out of it, in words. */
  result: string;
}

/**
 * An organization of so many accounts, in which nothing is fixed, and what is asked about it.
 * @param heap how memory is looked at; default: `collectedHeap`
 */
export function questionOf(accounts: number, heap = collectedHeap()): Question {
  return {
    heap,
    structure: wholeStructureOf(accounts),
    policy: benchPolicy('off'),
    next: benchPolicy('approval'),
  };
}

/** An organization in which a policy is deployed, and what is asked about it. */
export interface Question {
  heap: HeapReader;
  structure: SavedStructure;
  /** What is deployed. */
  policy: Organization;
  /** What would be: by it findings begin to wait for an approval. */
  next: Organization;
}

/** `staunch doctor`. @throws Error where it is not well: then the bench has planted something wrong */
export function doctor(question: Question): Promise<Taken> {
  const { policy } = question;
  return taken(question, async (hub, organization) => {
    const access = organization.access;
    const { verdicts } = await askDeployed(hub, { access, organization: policy, verdictCode, now });
    return wellText(verdicts);
  });
}

/** `staunch doctor --before`, by the management account. @throws Error where it is not well */
export function doctorBefore(question: Question): Promise<Taken> {
  const { policy } = question;
  const ask: Work = async (hub, { access }) => {
    const { verdicts } = await askBefore(hub, { access, organization: policy });
    return wellText(verdicts);
  };
  return taken(question, ask, policy.organization.managementAccount);
}

/** `staunch plan`. */
export function plan(question: Question): Promise<Taken> {
  const { next } = question;
  return taken(question, async (hub) => {
    const file = { name: 'bench.yaml', organization: next };
    const whole = await planPolicy(hub, { file }, { cost: true, verdictCode: () => verdictCode });
    return `${said(whole.findings.length)} findings would wait`;
  });
}

/** The preview of `staunch deploy`, but for the synthesis of what it shows. */
export function preview(question: Question): Promise<Taken> {
  const { next } = question;
  return taken(question, async (hub) => {
    const read = savedStructureOf(await askStructure(hub));
    const { cost } = deployPreview(emptyAssembly, expectedAccounts(next, read), next);
    return `$${Math.round(cost.total)} a month`;
  });
}

const emptyAssembly: PreviewedAssembly = {
  stacks: [],
  memberTemplates: stackSetKinds.flatMap((kind) =>
    [false, true].map((accounts) => ({
      stackSetName: stackSetName(kind, { accounts }),
      template: { Resources: {} },
    })),
  ),
};

/** The hourly reconcile, a third of the stacks failed. */
export function reconciled(question: Question): Promise<Taken> {
  const { structure, policy } = question;
  return taken(question, async (_hub, organization, calls) => {
    organization.pace = { calls, attempts: 8 };
    const failing = [...organization.stackSets.values()].flat().filter((_, index) => index % 3 === 0);
    for (const instance of failing)
      Object.assign(instance, {
        Status: 'OUTDATED',
        StackInstanceStatus: { DetailedStatus: 'FAILED' },
        StatusReason: 'NoAvailableConfigurationRecorderException',
      });
    const { region } = policy.hub;
    const client = organization.access.client(CloudFormationClient, { region });
    const { operations, failed } = await reconcile({
      policy: compilePolicy(policy),
      tree: async () => treeOfStructure(structure),
      client,
      stackFailures: new StackFailures(ledgerDocuments({ region }), ledgerTableName),
      now: () => now,
      log: { info() {}, warn() {} },
    });
    return `${said(failed)} failed stacks, ${operations.length} operations`;
  });
}

type Work = (hub: Hub, organization: PacedOrganization, calls: PacedCalls) => Promise<string>;

/** Does something over an organization in which a policy is deployed, and says what that takes. */
async function taken(
  { structure, policy, heap }: Question,
  work: Work,
  caller = policy.hub.account,
): Promise<Taken> {
  const organization = new PacedOrganization(structure, policy, caller);
  deploy(organization, policy);
  const ledger = plantedLedger(policy, expectedAccounts(policy, structure));
  const calls = new PacedCalls(heap);
  const [begun, processor] = [calls.clock.milliseconds, process.cpuUsage()];
  const sources = { organization, ledger, deployed: policy, caller, calls };
  const result = await withPacedHub(sources, async (hub) => {
    const answer = await work(hub, organization, calls);
    calls.heap.lookNow();
    return answer;
  });
  const { user, system } = process.cpuUsage(processor);
  const [longest] = [...calls.time.waited].sort(([, one], [, other]) => other - one);
  return {
    seconds: (calls.clock.milliseconds - begun) / 1_000,
    processorSeconds: (user + system) / 1e6,
    megabytes: calls.heap.megabytes,
    calls: calls.counts,
    ...(longest && { throttle: { name: longest[0], seconds: longest[1] / 1_000 } }),
    result,
  };
}

function wellText(verdicts: readonly Verdict[]): string {
  const bad = verdicts.find((verdict) => !isWell(verdict));
  if (bad) throw new Error(`The doctor is not content: ${JSON.stringify(bad)}`);
  return `${said(verdicts.length)} verdicts`;
}

/** As the coordinator keeps it. */
function treeOfStructure({ rootId, units, accounts }: SavedStructure): OrganizationTree {
  const byId = (nodes: readonly TreeNode[]) =>
    new Map(nodes.map(({ id, name, parentId }) => [id, { id, name, parentId }]));
  return { rootId, units: byId(units), accounts: byId(accounts), readAt: now, tookMilliseconds: 1 };
}

function said(number: number): string {
  return number.toLocaleString('en-US');
}
