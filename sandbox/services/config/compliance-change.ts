import type { JsonObject } from '../../../core/json';
import type { Evaluation } from './evaluation';

/**
 * The event that AWS Config puts on the account's default bus when the verdict of a rule on a resource changes. The
 * first verdict is a change too; it has no `oldEvaluationResult`.
 *
 * https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
 * https://docs.aws.amazon.com/config/latest/developerguide/example-config-rule-compliance-notification.html
 */
export function complianceChange(
  before: Evaluation | undefined,
  evaluation: Evaluation,
): { source: string; detailType: string; detail: JsonObject } {
  const { rule } = evaluation;
  return {
    source: 'aws.config',
    detailType: 'Config Rules Compliance Change',
    detail: {
      resourceId: evaluation.resourceId,
      awsRegion: rule.region,
      awsAccountId: rule.accountId,
      configRuleName: rule.name,
      recordVersion: '1.0',
      configRuleARN: rule.arn,
      messageType: 'ComplianceChangeNotification',
      newEvaluationResult: resultOf(evaluation),
      ...(before === undefined ? {} : { oldEvaluationResult: resultOf(before) }),
      notificationCreationTime: new Date(evaluation.resultRecordedTime).toISOString(),
      resourceType: evaluation.resourceType,
    },
  };
}

function resultOf(evaluation: Evaluation): JsonObject {
  return {
    evaluationResultIdentifier: {
      evaluationResultQualifier: {
        configRuleName: evaluation.rule.name,
        resourceType: evaluation.resourceType,
        resourceId: evaluation.resourceId,
        evaluationMode: 'DETECTIVE',
      },
      orderingTimestamp: new Date(evaluation.orderingTimestamp).toISOString(),
    },
    complianceType: evaluation.complianceType,
    resultRecordedTime: new Date(evaluation.resultRecordedTime).toISOString(),
    configRuleInvokedTime: new Date(evaluation.configRuleInvokedTime).toISOString(),
    ...(evaluation.annotation === undefined ? {} : { annotation: evaluation.annotation }),
  };
}
