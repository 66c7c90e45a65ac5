import type { Notice } from '../../../core/notice';
import type { RemediationReport } from '../../../core/report';
import type { BusEvent } from '../../../hub-functions/notifier/event';
import { accounts, testIdentity, testPlan, testViolation } from '../../support/findings';

/** A report of a fix, as the coordinator makes it. */
export const testReport: RemediationReport = {
  version: 1,
  reportId: 'finding#1#fixed#1',
  finding: testIdentity,
  occurrence: 1,
  attempt: 1,
  state: 'fixed',
  flag: 'on',
  decidedBy: 'account 222222222222 (organization.yaml:12)',
  severity: 'critical',
  violations: [testViolation],
  plan: testPlan,
  receivedAt: '2026-11-23T10:00:00.000Z',
  at: '2026-11-23T10:00:01.000Z',
};

const envelope = { id: 'event-1', time: '2026-11-23T10:00:02Z', region: 'eu-west-1' };

/** The event that carries a report, from the hub unless told otherwise. */
export function reportEvent(report: unknown = testReport, account = accounts.hub): BusEvent {
  return {
    ...envelope,
    account,
    source: 'staunch',
    'detail-type': 'Staunch Remediation Report',
    detail: report,
  };
}

/** A notice that Staunch was stopped. */
export const testNotice: Notice = {
  version: 1,
  noticeId: 'stop#organization#2026-11-23T10:00:00.000Z',
  title: 'Staunch is stopped',
  text: 'Nothing is fixed in the whole organization: we are moving the network.',
  at: '2026-11-23T10:00:00.000Z',
};

/** The event that carries a notice, from the hub unless told otherwise. */
export function noticeEvent(notice: unknown = testNotice, account = accounts.hub): BusEvent {
  return { ...reportEvent(notice, account), 'detail-type': 'Staunch Notice' };
}

/** AWS Config's event for a rule's new verdict; `from` undefined where there was none before. */
export function complianceEvent(
  from: string | undefined,
  to: string,
  more: Record<string, unknown> = {},
): BusEvent {
  return {
    ...envelope,
    account: accounts.on,
    source: 'aws.config',
    'detail-type': 'Config Rules Compliance Change',
    detail: {
      resourceId: 'my-bucket',
      resourceType: 'AWS::S3::Bucket',
      awsRegion: 'us-east-1',
      awsAccountId: accounts.hub,
      configRuleName: 'staunch-iam-password-policy',
      configRuleARN: 'arn:aws:config:eu-west-1:222222222222:config-rule/config-rule-1',
      messageType: 'ComplianceChangeNotification',
      newEvaluationResult: { complianceType: to, annotation: 'Anybody can read it.' },
      ...(from && { oldEvaluationResult: { complianceType: from } }),
      recordVersion: '1.0',
      ...more,
    },
  };
}
