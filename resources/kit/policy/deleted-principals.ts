import type { JsonObject } from '../../../core/json';
import { isFields } from '../input';
import { type PolicyChange, takenStatements } from './changes';
import { nameOfStatement, type ResourcePolicy } from './resource-policy';

/**
 * Why a policy cannot be written back as it was once changes are made, one sentence each. Where a user or a role is deleted, AWS shows
 * its unique id in the policies that named it, and takes no policy that names one:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * @param service for people
 */
export function notTakenBack(
  policy: ResourcePolicy | undefined,
  changes: readonly PolicyChange[],
  service: string,
): string[] {
  let taken: ReadonlySet<string> | undefined;
  return (policy?.statements ?? []).flatMap((statement, index) => {
    const deleted = deletedPrincipalsOf(statement);
    if (deleted.length === 0) return [];
    taken ??= new Set(changes.flatMap(takenStatements).map((one) => JSON.stringify(one)));
    if (!taken.has(JSON.stringify(statement))) return [];
    const name = nameOfStatement(index, statement);
    return [
      `The policy's ${name} cannot be taken back: ${service} takes no policy that names ${deleted.join(', ')}, a principal that was deleted.`,
    ];
  });
}

/** The unique ids of users and roles: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes */
function deletedPrincipalsOf({ Principal, NotPrincipal }: JsonObject): string[] {
  const deleted: string[] = [];
  for (const principal of [Principal, NotPrincipal]) {
    if (!isFields(principal)) continue;
    const { AWS } = principal as JsonObject;
    for (const one of Array.isArray(AWS) ? AWS : [AWS]) {
      if (typeof one === 'string' && /^A(?:IDA|ROA)[A-Z0-9]{12,}$/.test(one)) deleted.push(one);
    }
  }
  return deleted;
}
