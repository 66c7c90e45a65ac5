import type { Evaluation } from '../../core/evaluation';
import type { Violation } from '../../core/violation';
import { type Grant, nameOfGrantee } from '../../resources/bucket/acl';
import type { Bucket } from '../../resources/bucket/model';
import { statementViolation } from '../../resources/kit/policy/violation';
import { type Danger, dangerOf } from './danger';

/**
 * Whether everybody can reach the bucket, by its ACL or by its policy.
 * @throws RefusedError when S3's own verdict on the policy is another than ours.
 * @throws ResourceInputError when the policy is malformed.
 */
export function evaluate(bucket: Bucket): Evaluation {
  return verdictOn(dangerOf(bucket));
}

/** The verdict on a bucket by what lets everybody in. */
export function verdictOn({ grants, statements }: Danger): Evaluation {
  const violations: Violation[] = [];
  for (const grant of grants) violations.push(grantViolation(grant));
  for (const statement of statements) violations.push(statementViolation(statement));
  return { compliance: violations.length === 0 ? 'COMPLIANT' : 'NON_COMPLIANT', violations };
}

function grantViolation(grant: Grant): Violation {
  return {
    kind: 'public-acl',
    text: `The ACL grants ${grant.Permission} to ${nameOfGrantee(grant)}.`,
    detail: { grantee: grant.Grantee.URI ?? '', permission: grant.Permission },
  };
}
