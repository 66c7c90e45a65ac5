import type { Evaluation } from '../../core/evaluation';
import { type PublicStatement, publicStatements } from '../../resources/kit/policy/public-statements';
import { statementViolation } from '../../resources/kit/policy/violation';
import type { Queue } from '../../resources/queue/model';

/**
 * Whether everybody can reach the queue by its policy, as S3 defines it for buckets.
 * @throws ResourceInputError when the policy is malformed.
 */
export function evaluate({ policy }: Queue): Evaluation {
  return verdictOn(publicStatements(policy));
}

/** The verdict on a queue by the statements that let everybody in. */
export function verdictOn(statements: readonly PublicStatement[]): Evaluation {
  const violations = statements.map(statementViolation);
  return { compliance: violations.length === 0 ? 'COMPLIANT' : 'NON_COMPLIANT', violations };
}
