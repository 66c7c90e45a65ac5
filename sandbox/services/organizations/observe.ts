import { parseJsonBody } from '../../gateway/protocols/json';
import type { Observe } from '../service';
import { observePolicies } from './observe-policies';
import { OrganizationFacts } from './organization-facts';
import { ServiceControlPolicies } from './service-control-policies';

/** Learns the organization and its accounts, and tells of accounts that are created or moved. */
export const observe: Observe = (call, answer, { learned, events }) => {
  const organization = learned.of(OrganizationFacts);
  observePolicies(call, answer, learned.of(ServiceControlPolicies));
  const { AccountId: accountId, DestinationParentId: destinationParentId } = call.parameters;
  const answered = parseJsonBody(Buffer.from(answer.body)) as {
    Organization?: { Id: string; MasterAccountId: string };
    CreateAccountStatus?: { AccountId?: string; AccountName: string };
  };
  switch (call.operation) {
    case 'CreateOrganization':
      if (!answered.Organization) return;
      organization.id = answered.Organization.Id;
      organization.managementAccountId = answered.Organization.MasterAccountId;
      organization.accounts.add(answered.Organization.MasterAccountId);
      return;
    case 'CreateAccount': {
      const { AccountId: created, AccountName: name = '' } = answered.CreateAccountStatus ?? {};
      if (!created) return;
      organization.accounts.add(created);
      events.emit({ kind: 'account-created', accountId: created, name });
      return;
    }
    case 'MoveAccount':
      events.emit({
        kind: 'account-moved',
        accountId: String(accountId),
        destinationParentId: String(destinationParentId),
      });
      return;
    case 'RemoveAccountFromOrganization':
      organization.accounts.delete(String(accountId));
      return;
  }
};
