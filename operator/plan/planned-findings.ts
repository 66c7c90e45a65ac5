import type { Exemption } from '../../ledger/exemptions';
import type { FindingRecord } from '../../ledger/record';
import { everyFinding } from '../findings/find-finding';
import { ifDeployed } from '../hub/deployed-policy';
import type { Hub } from '../hub/hub';
import type { OrganizationStructure } from '../organization/structure';
import { type FindingPlan, findingsAtOnce, type LedgerState } from './open-findings';
import type { Policies } from './policy-plan';

/**
 * What the ledger holds; nothing, where no hub is deployed.
 * @throws HubError when the ledger cannot be asked
 */
export async function ledgerState(hub: Hub): Promise<LedgerState> {
  const stops = await ifDeployed(hub, 'ledger', () => hub.stopSwitch.stops());
  return stops === undefined ? { records: [], stops: [] } : { records: await everyFinding(hub), stops };
}

/**
 * The findings of which a policy would at once make something else than they are now. What undoing exempted is asked only of those
 * that would otherwise be fixed or wait.
 * @throws HubError when the ledger cannot be asked
 */
export async function plannedFindings(
  hub: Hub,
  policies: Policies,
  structure: OrganizationStructure,
  ledger: LedgerState,
): Promise<FindingPlan[]> {
  const now = new Date();
  const candidates = findingsAtOnce(policies, structure, ledger, new Map(), now).map(({ record }) => record);
  const undone = await undoneOf(hub, candidates);
  return findingsAtOnce(policies, structure, ledger, undone, now);
}

function undoneOf(hub: Hub, records: readonly FindingRecord[]): Promise<Map<string, Exemption>> {
  return hub.ask('ledger', async () => {
    const found = new Map<string, Exemption>();
    for (const { finding, identity } of records) {
      const exemption = await hub.exemptions.read(identity);
      if (exemption) found.set(finding, exemption);
    }
    return found;
  });
}
