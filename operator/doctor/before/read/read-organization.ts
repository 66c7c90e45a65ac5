import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  OrganizationsClient,
  paginateListAWSServiceAccessForOrganization,
  paginateListDelegatedAdministrators,
  paginateListPolicies,
  paginateListTargetsForPolicy,
} from '@aws-sdk/client-organizations';
import { type AwsAccess, type CallPlace, withClient } from '../../../aws/access';
import { inParallel } from '../../../aws/in-parallel';
import { reading } from '../../../aws/reading';
import type { BeforeFacts, ControlPolicyFacts } from '../facts';
import { stackSetsPrincipal } from '../judges/trusted-access';

/** AWS Organizations throttles early. */
const policiesAtOnce = 4;

/** What is asked of AWS Organizations. The management account may, and delegated administrators. */
export async function readOrganization(
  access: AwsAccess,
  place: CallPlace,
): Promise<Pick<BeforeFacts, 'allFeatures' | 'trusted' | 'administrators' | 'controlPolicies'>> {
  return withClient(access, OrganizationsClient, place, async (client) => ({
    allFeatures: await reading(async () => {
      const { Organization: organization } = await client.send(new DescribeOrganizationCommand({}));
      return organization?.FeatureSet === 'ALL';
    }),
    trusted: await reading(() => trustedServices(client)),
    administrators: await reading(() => administratorsOf(client)),
    controlPolicies: await reading(() => controlPolicies(client)),
  }));
}

async function trustedServices(client: OrganizationsClient): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for await (const page of paginateListAWSServiceAccessForOrganization({ client }, {}))
    for (const { ServicePrincipal } of page.EnabledServicePrincipals ?? []) found.add(ServicePrincipal ?? '');
  return found;
}

async function administratorsOf(client: OrganizationsClient): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const of = { ServicePrincipal: stackSetsPrincipal };
  for await (const { DelegatedAdministrators: accounts = [] } of paginateListDelegatedAdministrators(
    { client },
    of,
  ))
    for (const { Id } of accounts) found.add(Id ?? '');
  return found;
}

async function controlPolicies(client: OrganizationsClient): Promise<ControlPolicyFacts[]> {
  const ids: string[] = [];
  const all = paginateListPolicies({ client }, { Filter: 'SERVICE_CONTROL_POLICY' });
  for await (const { Policies: policies = [] } of all) ids.push(...policies.map(({ Id = '' }) => Id));
  return inParallel(ids, policiesAtOnce, async (PolicyId) => {
    const { Policy: policy } = await client.send(new DescribePolicyCommand({ PolicyId }));
    const targets: string[] = [];
    for await (const page of paginateListTargetsForPolicy({ client }, { PolicyId }))
      targets.push(...(page.Targets ?? []).map(({ TargetId = '' }) => TargetId));
    return {
      id: PolicyId,
      name: policy?.PolicySummary?.Name ?? '',
      content: policy?.Content ?? '',
      targets,
    };
  });
}
