import type { PolicyChange } from './changes';
import type { PublicStatement } from './public-statements';
import { nameOfStatement, type ResourcePolicy, refuseRewrittenNumbers } from './resource-policy';

/**
 * The changes that take public statements from a policy, and nothing else. AWS takes no policy without statements, so one that is
 * public as a whole is deleted.
 * @throws RefusedError when the statements that stay cannot be written as they are
 */
export function closingChanges(
  policy: ResourcePolicy | undefined,
  statements: readonly PublicStatement[],
): PolicyChange[] {
  if (policy === undefined || statements.length === 0) return [];
  if (statements.length === policy.statements.length && statements.every(({ left }) => left === undefined)) {
    return [
      { action: 'deletePolicy', text: 'Delete the policy: every statement is public.', policy: policy.text },
    ];
  }
  // Here, before anything of the resource is changed.
  refuseRewrittenNumbers(policy);
  return statements.map(({ index, statement, left }): PolicyChange => {
    const name = nameOfStatement(index, statement);
    return left === undefined
      ? { action: 'removeStatement', text: `Remove ${name} from the policy.`, index, statement }
      : {
          action: 'editStatement',
          text: `Take everybody from ${name} of the policy, and keep the principals that it names.`,
          index,
          before: statement,
          after: left,
        };
  });
}
