import { RefusedError } from '../../../core/errors';
import type { JsonObject } from '../../../core/json';
import type { PolicyChange } from './changes';
import { policyAfter } from './changes';
import type { DocumentRules } from './document-rules';
import type { PublicStatement } from './public-statements';
import { nameOfStatement, type ResourcePolicy, refuseRewrittenNumbers } from './resource-policy';

/** A statement that has to change. */
export interface StatementToClose extends PublicStatement {
  /** What the edit does, as one sentence; by default it takes everybody from the statement. */
  text?: string;
}

/**
 * The changes that take public statements from a policy, and nothing else. AWS takes no policy without statements, so one that is
 * public as a whole is deleted; or, where the service keeps no resource without one, its first statement is narrowed to the account.
 * Where the rules refuse what would be left, one public statement stays for the account alone, where that is enough.
 * @throws RefusedError when the statements that stay cannot be written as they are, or the rules refuse what would be left
 */
export function closingChanges(
  policy: ResourcePolicy | undefined,
  statements: readonly StatementToClose[],
  rules: DocumentRules,
): PolicyChange[] {
  if (policy === undefined || statements.length === 0) return [];
  const isWhole =
    statements.length === policy.statements.length && statements.every(({ left }) => left === undefined);
  const changes = isWhole ? withoutAny(policy, statements, rules) : changesOf(policy, statements);
  const reason = rules.refuses?.(policyAfter(policy, changes), rules);
  if (reason === undefined) return changes;
  const kept = keepingTheAccount(policy, statements, rules);
  if (kept === undefined) throw new RefusedError(reason);
  return kept;
}

/**
 * The changes with one public statement narrowed to the account itself, beside the principals that it names.
 * @returns undefined where the rules refuse that of each statement
 */
function keepingTheAccount(
  policy: ResourcePolicy,
  statements: readonly StatementToClose[],
  rules: DocumentRules,
): PolicyChange[] | undefined {
  if (!rules.mustHavePolicy || rules.accountId === undefined) return undefined;
  for (const one of statements) {
    // What has words of its own is not public.
    if (one.text !== undefined) continue;
    const narrowed = {
      ...one,
      left: besideTheAccount(one, rules),
      text: `Narrow ${nameOfStatement(one.index, one.statement)} of the policy to the account itself and the principals that it names: by no other statement could the account change the policy any more.`,
    };
    const changes = changesOf(
      policy,
      statements.map((other) => (other === one ? narrowed : other)),
    );
    if (rules.refuses?.(policyAfter(policy, changes), rules) === undefined) return changes;
  }
  return undefined;
}

/** What is left of a public statement, for the account itself, too. */
function besideTheAccount({ statement, left }: StatementToClose, rules: DocumentRules): JsonObject {
  const own = forAccountItself(statement, rules);
  if (left === undefined) return own;
  const named = left.Principal as JsonObject;
  const { AWS } = own.Principal as JsonObject;
  const all =
    named.AWS === undefined ? AWS : [...[named.AWS].flat(), AWS].filter((each) => each !== undefined);
  return { ...left, Principal: { ...named, ...(all !== undefined && { AWS: all }) } };
}

function withoutAny(
  policy: ResourcePolicy,
  [first, ...others]: readonly StatementToClose[],
  rules: DocumentRules,
): PolicyChange[] {
  if (first === undefined || !rules.mustHavePolicy) {
    return [
      { action: 'deletePolicy', text: 'Delete the policy: every statement is public.', policy: policy.text },
    ];
  }
  const narrowed = {
    ...first,
    left: forAccountItself(first.statement, rules),
    text: `Narrow ${nameOfStatement(first.index, first.statement)} of the policy to the account itself: every statement is public, and ${rules.service} keeps nothing without a policy.`,
  };
  return changesOf(policy, [narrowed, ...others]);
}

/**
 * The statement for the account's own identities, which their own policies have to allow the same. An account's number means what its
 * ARN does, as AWS writes it where the number was given:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function forAccountItself(statement: JsonObject, { accountId, arn }: DocumentRules): JsonObject {
  const partition = arn?.split(':')[1];
  if (accountId === undefined) {
    throw new RefusedError(
      'Every statement of the policy is public, and the account to which one could be narrowed is not known, so nothing may be changed.',
    );
  }
  const { NotPrincipal: _others, ...rest } = statement;
  const AWS = partition === undefined ? accountId : `arn:${partition}:iam::${accountId}:root`;
  return { ...rest, Principal: { AWS } };
}

function changesOf(policy: ResourcePolicy, statements: readonly StatementToClose[]): PolicyChange[] {
  // Here, before anything of the resource is changed.
  refuseRewrittenNumbers(policy);
  return statements.map(({ index, statement, left, text }): PolicyChange => {
    const name = nameOfStatement(index, statement);
    return left === undefined
      ? { action: 'removeStatement', text: `Remove ${name} from the policy.`, index, statement }
      : {
          action: 'editStatement',
          text: text ?? `Take everybody from ${name} of the policy, and keep the principals that it names.`,
          index,
          before: statement,
          after: left,
        };
  });
}
