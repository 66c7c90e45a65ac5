import * as z from 'zod/mini';

/** `source` of AWS Config's events. */
export const complianceChangeSource = 'aws.config';

/** `detail-type` of the event that AWS Config makes when a rule's verdict on a resource changes. */
export const complianceChangeDetailType = 'Config Rules Compliance Change';

const complianceType = z.string();

/**
 * Detail of such an event, as far as Staunch reads it:
 * https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html
 */
export const complianceChangeSchema = z.object({
  messageType: z.optional(z.string()),
  configRuleName: z.string(),
  resourceType: z.string(),
  resourceId: z.string(),
  newEvaluationResult: z.object({ complianceType, annotation: z.nullish(z.string()) }),
  oldEvaluationResult: z.nullish(z.object({ complianceType: z.nullish(complianceType) })),
});
