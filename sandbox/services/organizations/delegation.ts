import type { ApiAnswer, ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';
import type { Delegation, OrganizationFacts } from './organization-facts';

/** Operations about delegated administrators, which moto limits to service principals that do not matter here. */
export const delegationOperations: readonly string[] = [
  'DeregisterDelegatedAdministrator',
  'ListDelegatedAdministrators',
  'ListDelegatedServicesForAccount',
  'RegisterDelegatedAdministrator',
];

/**
 * Answers the operations about delegated administrators.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html
 * @throws ApiError as AWS would answer.
 */
export function answerDelegation(
  call: ApiCall,
  organization: OrganizationFacts,
  now: () => number,
): ApiAnswer {
  const accountId = String(call.parameters.AccountId ?? '');
  const servicePrincipal = call.parameters.ServicePrincipal;
  const { delegations } = organization;
  const isThis = (delegation: Delegation) =>
    delegation.accountId === accountId && delegation.servicePrincipal === servicePrincipal;
  switch (call.operation) {
    case 'RegisterDelegatedAdministrator': {
      if (!organization.accounts.has(accountId)) {
        throw new ApiError('AccountNotFoundException', 'You specified an account that does not exist.');
      }
      if (accountId === organization.managementAccountId) {
        throw new ApiError(
          'ConstraintViolationException',
          'You cannot register master account/yourself as delegated administrator for your organization.',
        );
      }
      if (delegations.some(isThis)) {
        throw new ApiError(
          'AccountAlreadyRegisteredException',
          'The provided account is already a delegated administrator for your organization.',
        );
      }
      delegations.push({
        accountId,
        servicePrincipal: String(servicePrincipal),
        enabledAt: Math.floor(now() / 1000),
      });
      return jsonAnswer({});
    }
    case 'DeregisterDelegatedAdministrator': {
      const index = delegations.findIndex(isThis);
      if (index < 0) {
        throw new ApiError(
          'AccountNotRegisteredException',
          'The provided account is not a delegated administrator.',
        );
      }
      delegations.splice(index, 1);
      return jsonAnswer({});
    }
    case 'ListDelegatedServicesForAccount':
      return jsonAnswer({
        DelegatedServices: delegations
          .filter((delegation) => delegation.accountId === accountId)
          .map((delegation) => ({
            ServicePrincipal: delegation.servicePrincipal,
            DelegationEnabledDate: delegation.enabledAt,
          })),
      });
    default:
      return jsonAnswer({ DelegatedAdministrators: administrators(organization, servicePrincipal) });
  }
}

function administrators(organization: OrganizationFacts, servicePrincipal: unknown) {
  const chosen = organization.delegations.filter(
    (delegation) => servicePrincipal === undefined || delegation.servicePrincipal === servicePrincipal,
  );
  const byAccount = new Map(chosen.map((delegation) => [delegation.accountId, delegation]));
  return [...byAccount.values()].map(({ accountId, enabledAt }) => ({
    Id: accountId,
    Arn: `arn:aws:organizations::${organization.managementAccountId}:account/${organization.id}/${accountId}`,
    Status: 'ACTIVE',
    JoinedMethod: 'CREATED',
    DelegationEnabledDate: enabledAt,
  }));
}

function jsonAnswer(body: unknown): ApiAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(body),
  };
}
