import type { CompiledPolicy } from '../../config/compiled';
import type { AskedFacts } from '../../decision/facts';
import type { FindingRecord } from '../../ledger/record';
import { type AccountFacts, accountFacts, type FindingFacts, findingFacts } from '../explain/ledger-facts';
import type { Hub } from '../hub/hub';
import type { OrganizationStructure } from '../organization/structure';
import { type FindingPlan, findingsAtOnce } from './open-findings';
import type { Policies } from './policy-plan';

/**
 * The open findings of which a policy would at once make something else. What the ledger says of each is asked only of those
 * that would otherwise be fixed or wait.
 * @param records every occurrence of every finding
 * @param stops of the switch
 * @throws UserError when the ledger cannot be asked
 */
export async function plannedFindings(
  hub: Hub,
  policies: Policies,
  structure: OrganizationStructure,
  records: readonly FindingRecord[],
  stops: AskedFacts['stops'],
): Promise<FindingPlan[]> {
  const now = new Date();
  const first = findingsAtOnce(policies, structure, { records, known: () => ({ stops }) }, now);
  const { next, deployed = next } = policies;
  const byFinding = new Map<string, FindingFacts>();
  const byAccount = new Map<CompiledPolicy, Map<string, AccountFacts>>([
    [next, new Map()],
    [deployed, new Map()],
  ]);
  await hub.ask('ledger', async () => {
    for (const { record } of first) {
      const { finding, identity } = record;
      byFinding.set(finding, await findingFacts(hub, identity, records, now));
      for (const [policy, accounts] of byAccount) {
        if (accounts.has(identity.accountId)) continue;
        accounts.set(identity.accountId, await accountFacts(hub, identity.accountId, policy, stops, now));
      }
    }
  });
  const known = ({ finding, identity: { accountId } }: FindingRecord, policy: CompiledPolicy) => ({
    stops,
    ...byFinding.get(finding),
    ...byAccount.get(policy)?.get(accountId),
  });
  return findingsAtOnce(policies, structure, { records, known }, now);
}
