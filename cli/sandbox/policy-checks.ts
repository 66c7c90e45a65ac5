import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { compilePolicy } from '../../config/compile';
import { type Organization, parseOrganization } from '../../config/organization';
import { PolicyError } from '../../config/policy-error';
import { readStructure } from '../../operator/organization/read-structure';
import { policyProblems } from '../../operator/plan/policy-problems';
import type { Sandbox } from '../../sandbox/sandbox';
import { lateAccount } from '../../sandbox/scenario/organization';
import { placeholderIds, type SandboxPolicyFile, withOwnKeys } from '../../sandbox/scenario/policy-file';
import { problemLines } from '../plan/plan-text';
import { UserError } from '../user-error';

/**
 * What a policy file says, with the sandbox's own keys in it.
 * @param organization whose ids are taken; before there is one, the checks that need none are made all the same
 * @throws UserError with every error, as `staunch validate` prints them
 */
export function parsePolicyFile(
  { name, text }: SandboxPolicyFile,
  organization: Parameters<typeof withOwnKeys>[1] = placeholderIds,
): Organization {
  try {
    return parseOrganization(withOwnKeys(text, organization), name);
  } catch (error) {
    if (error instanceof PolicyError) throw new UserError(error.message);
    throw error;
  }
}

/** What a policy says of the sandbox's organization that is not so, for people; none where all is well. */
export async function policyProblemLines(
  sandbox: Pick<Sandbox, 'gateway' | 'organization'>,
  file: SandboxPolicyFile,
  colours: Parameters<typeof problemLines>[2],
): Promise<string[]> {
  const { gateway, organization } = sandbox;
  const client = new OrganizationsClient({
    region: 'us-east-1',
    endpoint: gateway.endpoint,
    credentials: gateway.administratorOf(organization.managementAccountId),
  });
  try {
    const structure = await readStructure(client);
    const policy = parsePolicyFile(file, organization);
    const problems = policyProblems(compilePolicy(policy), structure, policy);
    // The run creates this account.
    const real = problems.filter(({ key }) => key !== lateAccount.name);
    return problemLines(real, file.name, colours);
  } finally {
    client.destroy();
  }
}
