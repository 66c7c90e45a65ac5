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
  const taken = new Set(changes.flatMap(takenStatements).map((one) => JSON.stringify(one)));
  return (policy?.statements ?? []).flatMap((statement, index) => {
    const deleted = taken.has(JSON.stringify(statement)) ? deletedPrincipalsOf(statement) : [];
    const name = nameOfStatement(index, statement);
    return deleted.length === 0
      ? []
      : [
          `The policy's ${name} cannot be taken back: ${service} takes no policy that names ${deleted.join(', ')}, a principal that was deleted.`,
        ];
  });
}

/** The unique ids of users and roles: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes */
function deletedPrincipalsOf({ Principal, NotPrincipal }: JsonObject): string[] {
  return [Principal, NotPrincipal].flatMap((principal) =>
    isFields(principal)
      ? [(principal as JsonObject).AWS]
          .flat()
          .filter((one) => typeof one === 'string')
          .filter((one) => /^A(?:IDA|ROA)[A-Z0-9]{12,}$/.test(one))
      : [],
  );
}
