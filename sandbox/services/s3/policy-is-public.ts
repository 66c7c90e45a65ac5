import { conditionsHold } from '../../gateway/authorization/conditions';
import { parsePolicyOnce } from '../../gateway/authorization/policy-cache';
import type { Conditions, Principals, Statement } from '../../gateway/authorization/policy-statement';
import { waysNamed } from '../../gateway/authorization/principals';
import { type Choice, identityKey, type Limit, questionsOf } from './strangers-choices';

/** Somebody whom no policy knows. */
const stranger = {
  kind: 'role',
  accountId: '000000000000',
  arn: 'arn:aws:sts::000000000000:assumed-role/stranger/session',
  roleArn: 'arn:aws:iam::000000000000:role/stranger',
} as const;

/**
 * Whether a bucket policy is public, whatever is blocked, as S3 answers it: whether the sandbox's own authorization lets a stranger
 * in who chooses every value of his request that he can choose. Nothing of the controls is asked, so that a control which reads a
 * policy otherwise than S3 would is seen here.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 *
 * @throws PolicyDocumentError when the text is no policy.
 */
export function policyIsPublic(policy: string): boolean {
  const { statements, version } = parsePolicyOnce(policy, 'resource');
  return statements.some(
    (statement) =>
      statement.effect === 'Allow' &&
      letsStrangerIn(statement) &&
      questionsOf(limitsOf(statement.condition)).every((choices) => choices.some(holds)),
  );

  /** Of two requests both have to be let in: one alone could be a neighbour. */
  function holds({ conditions, contexts }: Choice): boolean {
    return contexts.every((context) => conditionsHold(conditions, context, version));
  }
}

/** Whether a statement is about a stranger at all. */
function letsStrangerIn({ principal, notPrincipal }: Statement): boolean {
  if (principal !== undefined) {
    return waysNamed(principal, stranger).length > 0 || signsAnybodyIn(principal);
  }
  return notPrincipal !== undefined && waysNamed(notPrincipal, stranger).length === 0;
}

/** Anybody can sign in to a public identity provider, which has a name in place of an ARN. */
function signsAnybodyIn(principals: Principals): boolean {
  if (principals === '*') return true;
  return (principals.Federated ?? []).some((provider) => !provider.startsWith('arn:'));
}

/** The conditions on who calls and from where. A stranger fulfils every other by what he asks for. */
function limitsOf(conditions: Conditions): Limit[] {
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([name, values]) => {
      const key = identityKey(name);
      return key === undefined ? [] : [{ operator, key, values }];
    }),
  );
}
