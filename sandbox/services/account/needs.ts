import { type ServiceNeeds, sameName } from '../needed';
import { OrganizationFacts } from '../organizations/organization-facts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsaccountmanagement.html */
export const needs: ServiceNeeds = sameName(
  'account',
  ['DisableRegion', 'EnableRegion', 'GetRegionOptStatus', 'ListRegions'],
  ({ accountId, parameters }, learned) => {
    if (parameters.AccountId === undefined) return `arn:aws:account::${accountId}:account`;
    const { id, managementAccountId } = learned.of(OrganizationFacts);
    return `arn:aws:account::${managementAccountId}:account/${id}/${accountId}`;
  },
);
