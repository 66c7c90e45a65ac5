import * as z from 'zod/mini';
import { eventBusName } from '../../../core/names';
import { type RemediationReport, reportDetailType, reportSource } from '../../../core/report';
import type { EventLog } from '../../events';
import { busArn } from './buses';
import type { EventEnvelope } from './definitions';

const complianceSchema = z.nullish(z.object({ complianceType: z.string() }));

/** The parts of AWS Config's event that the sandbox shows. */
const complianceChangeSchema = z.object({
  awsAccountId: z.string(),
  awsRegion: z.string(),
  configRuleName: z.string(),
  resourceId: z.string(),
  oldEvaluationResult: complianceSchema,
  newEvaluationResult: complianceSchema,
});

const reportSchema = z.object({ version: z.literal(1), reportId: z.string(), state: z.string() });

function isReport(detail: unknown): detail is RemediationReport {
  return reportSchema.safeParse(detail).success;
}

function observeComplianceChange(event: EventEnvelope, log: EventLog): void {
  const { data } = complianceChangeSchema.safeParse(event.detail);
  if (data === undefined) return;
  log.emit({
    kind: 'compliance-change',
    rule: data.configRuleName,
    ...(data.oldEvaluationResult ? { from: data.oldEvaluationResult.complianceType } : {}),
    to: data.newEvaluationResult?.complianceType ?? 'NOT_APPLICABLE',
    accountId: data.awsAccountId,
    region: data.awsRegion,
    resourceId: data.resourceId,
  });
}

/**
 * Records Staunch's reports and AWS Config's compliance changes when they arrive on a hub's bus. A report counts only
 * from the hub itself, as the notifier judges it.
 *
 * @param arn ARN of the bus
 */
export function observeEvent(arn: string, event: EventEnvelope, log: EventLog): void {
  if (!arn.endsWith(`:event-bus/${eventBusName}`)) return;
  if (event.source === 'aws.config' && event['detail-type'] === 'Config Rules Compliance Change') {
    observeComplianceChange(event, log);
  }
  const fromHub = arn === busArn({ accountId: event.account, region: event.region }, eventBusName);
  const isOurs = event.source === reportSource && event['detail-type'] === reportDetailType;
  if (fromHub && isOurs && isReport(event.detail)) log.emit({ kind: 'report', report: event.detail });
}
