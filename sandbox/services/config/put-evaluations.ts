import * as z from 'zod';
import type { Place } from '../../events';
import { ConfigError } from './config-error';
import type { CustomRules } from './custom-rules';
import type { Evaluations } from './evaluations';

/**
 * Limits: https://docs.aws.amazon.com/config/latest/APIReference/API_Evaluation.html (which also says that
 * INSUFFICIENT_DATA is not accepted). A timestamp comes in seconds since the epoch.
 */
const requestSchema = z.object({
  Evaluations: z
    .array(
      z.object({
        ComplianceResourceType: z.string().min(1).max(256),
        ComplianceResourceId: z.string().min(1).max(768),
        ComplianceType: z.enum(['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE']),
        Annotation: z.string().min(1).max(256).optional(),
        OrderingTimestamp: z.number(),
      }),
    )
    .max(100)
    .default([]),
  ResultToken: z.string(),
  TestMode: z.boolean().default(false),
});

/**
 * PutEvaluations: https://docs.aws.amazon.com/config/latest/APIReference/API_PutEvaluations.html
 *
 * @param place where it was called; the token has to have been handed out there
 * @param now milliseconds since the epoch
 * @throws ConfigError `ValidationException` or `InvalidResultTokenException`
 */
export function putEvaluations(
  place: Place,
  parameters: Record<string, unknown>,
  rules: CustomRules,
  evaluations: Evaluations,
  now: number,
): { FailedEvaluations: [] } {
  const parsed = requestSchema.safeParse(parameters);
  if (!parsed.success) throw new ConfigError('ValidationException', validationMessage(parsed.error));
  const { Evaluations: verdicts, ResultToken, TestMode } = parsed.data;
  if (TestMode) return { FailedEvaluations: [] };

  const invocation = rules.invocation(ResultToken);
  if (invocation?.rule.accountId !== place.accountId || invocation.rule.region !== place.region) {
    throw new ConfigError('InvalidResultTokenException', 'The result token provided is invalid');
  }
  for (const verdict of verdicts) {
    evaluations.record({
      rule: invocation.rule,
      resourceType: verdict.ComplianceResourceType,
      resourceId: verdict.ComplianceResourceId,
      complianceType: verdict.ComplianceType,
      ...(verdict.Annotation === undefined ? {} : { annotation: verdict.Annotation }),
      orderingTimestamp: Math.round(verdict.OrderingTimestamp * 1000),
      resultRecordedTime: now,
      configRuleInvokedTime: invocation.invokedAt,
    });
  }
  return { FailedEvaluations: [] };
}

function validationMessage({ issues }: z.ZodError): string {
  const found = issues.map(
    ({ path, message }) => `Value at '${path.join('.')}' failed to satisfy constraint: ${message}`,
  );
  return `${issues.length} validation error${issues.length === 1 ? '' : 's'} detected: ${found.join('; ')}`;
}
