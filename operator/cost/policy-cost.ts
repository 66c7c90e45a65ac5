import type { Organization } from '../../config/organization';
import { watchesManagement } from '../../config/target';
import type { ExpectedAccount } from '../doctor/deployed/facts';
import { costAssumptions } from './cost-assumptions';
import { type OrganizationCost, organizationCost, type WatchedAccounts } from './organization-cost';

/** What a policy is estimated to cost in a month, in dollars. */
export interface PolicyCost extends OrganizationCost {
  /** How many accounts are watched, by whose recorder stands in them. */
  accounts: WatchedAccounts;
  /** How many Regions are watched. */
  regions: number;
  /** What the estimate goes by, a sentence each. */
  assumptions: readonly string[];
}

/** Why it cannot be told what a policy costs. */
export interface UnknownCost {
  unknown: string;
}

/**
 * What a policy is estimated to cost in a month. The management account counts where the policy names it, though no stack set reaches
 * it. Pure.
 * @param accounts all of the organization
 */
export function policyCost(organization: Organization, accounts: readonly ExpectedAccount[]): PolicyCost {
  const { managementAccount } = organization.organization;
  const isManagementWatched = watchesManagement(organization);
  const watched = accounts.filter(
    ({ accountId, notCovered }) =>
      notCovered === undefined || (isManagementWatched && accountId === managementAccount),
  );
  const countOf = (mode: ExpectedAccount['recorder']) =>
    watched.filter(({ recorder }) => recorder === mode).length;
  const counts = { own: countOf('own'), existing: countOf('existing'), none: countOf('none') };
  const regions = organization.regions.length;
  return {
    ...organizationCost(counts, regions),
    accounts: counts,
    regions,
    assumptions: costAssumptions(organization, counts),
  };
}
