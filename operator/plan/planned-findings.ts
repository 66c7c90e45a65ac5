import type { CompiledPolicy } from '../../config/compiled';
import { groupedBy } from '../../core/grouped';
import type { AskedFacts } from '../../decision/facts';
import type { FindingRecord } from '../../ledger/findings/record';
import { inParallel } from '../aws/in-parallel';
import {
  type AccountFacts,
  accountFacts,
  type FindingFacts,
  findingFacts,
  stopsOf,
} from '../explain/ledger-facts';
import { LedgerFindings } from '../findings/ledger-findings';
import { ifDeployed } from '../hub/deployed-policy';
import type { Hub } from '../hub/hub';
import type { OrganizationStructure } from '../organization/structure';
import { type FindingPlan, findingsAtOnce } from './open-findings';
import type { Policies } from './policy-plan';

/** Accounts, and then findings, of which the ledger is asked at the same time: far below what a partition of DynamoDB takes. */
const readAtOnce = 20;

/** What the ledger holds, for all findings. */
export interface LedgerContent {
  /** Every occurrence of every finding. */
  records: readonly FindingRecord[];
  stops: AskedFacts['stops'];
}

/**
 * What the ledger holds; nothing, where no hub is deployed.
 * @throws HubError when the ledger cannot be asked
 */
export async function ledgerContent(hub: Hub): Promise<LedgerContent> {
  const stops = await ifDeployed(() => hub.ask('ledger', () => stopsOf(hub)));
  return stops === undefined
    ? { records: [], stops: [] }
    : { records: await new LedgerFindings(hub).every(), stops };
}

/**
 * The findings of which a policy would at once make something else than they are now. What the ledger says of each is asked only of
 * those that would otherwise be fixed or wait.
 * @throws HubError when the ledger cannot be asked
 */
export async function plannedFindings(
  hub: Hub,
  policies: Policies,
  structure: OrganizationStructure,
  { records, stops }: LedgerContent,
): Promise<FindingPlan[]> {
  const now = new Date();
  const candidates = findingsAtOnce(policies, structure, { records, known: () => ({ stops }) }, now);
  const { next, deployed = next } = policies;
  const byFinding = new Map<string, FindingFacts>();
  const byAccount = new Map<CompiledPolicy, Map<string, AccountFacts>>([
    [next, new Map()],
    [deployed, new Map()],
  ]);
  // What is known of a finding follows from its account's alone: thousands need not be gone through for each of thousands.
  const ofAccount = groupedBy(records, ({ identity }) => identity.accountId);
  const accountIds = [...new Set(candidates.map(({ record }) => record.identity.accountId))];
  await hub.ask('ledger', async () => {
    await inParallel(accountIds, readAtOnce, async (accountId) => {
      for (const [policy, known] of byAccount)
        known.set(accountId, await accountFacts(hub, accountId, policy, stops, now));
    });
    await inParallel(candidates, readAtOnce, async ({ record: { finding, identity } }) => {
      const its = ofAccount.get(identity.accountId) ?? [];
      byFinding.set(finding, await findingFacts(hub, identity, its, now));
    });
  });
  const known = ({ finding, identity: { accountId } }: FindingRecord, policy: CompiledPolicy) => ({
    stops,
    ...byFinding.get(finding),
    ...byAccount.get(policy)?.get(accountId),
  });
  return findingsAtOnce(policies, structure, { records, known }, now);
}
