import { GetRoleCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import type { ResourceContext } from '../../cloudformation/resource-type';

/**
 * Refuses a policy that names a role or a user which does not exist, as AWS does when it stores a trust policy or a
 * resource policy: it replaces such a principal by its unique id, so there has to be one. An account as principal needs
 * nothing to exist in it.
 *
 * @param policy The policy document's text.
 * @throws Error with AWS's words.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export async function requireExistingPrincipals(policy: string, context: ResourceContext): Promise<void> {
  await Promise.all(
    principalArns(policy).map(async (arn) => {
      if (!(await exists(arn, context))) throw new Error(`Invalid principal in policy: "AWS":"${arn}"`);
    }),
  );
}

/** The roles and users that a policy names as principals. */
function principalArns(policy: string): string[] {
  const { Statement: statements } = JSON.parse(policy) as { Statement?: unknown };
  const arns = asList(statements).flatMap((statement) => {
    const { Principal, NotPrincipal } = statement as { Principal?: unknown; NotPrincipal?: unknown };
    return [Principal, NotPrincipal].flatMap((principal) =>
      asList((principal as { AWS?: unknown } | undefined)?.AWS).filter((value) => typeof value === 'string'),
    );
  });
  return [...new Set(arns.filter((arn) => /^arn:[^:]+:iam::\d{12}:(role|user)\//.test(arn)))];
}

async function exists(arn: string, context: ResourceContext): Promise<boolean> {
  const [, , , , accountId = '', path = ''] = arn.split(':');
  const iam = context.clientOf({ accountId, region: context.place.region }, IAMClient);
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    const found = path.startsWith('role/')
      ? (await iam.send(new GetRoleCommand({ RoleName: name }))).Role?.Arn
      : (await iam.send(new GetUserCommand({ UserName: name }))).User?.Arn;
    return found === arn;
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('NoSuchEntity')) return false;
    throw error;
  }
}

function asList(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
