import type { Protocol } from '../service';
import { OrganizationFacts } from './organization-facts';

/** AWS Organizations speaks JSON; everything in it belongs to the management account. */
export const protocol: Protocol = {
  accountOf: ({ callerAccountId }, learned) =>
    learned.of(OrganizationFacts).managementAccountId ?? callerAccountId,
};
