import {
  complianceChangeDetailType,
  complianceChangeSchema,
  complianceChangeSource,
} from '../../core/compliance-change';
import { controlIdOfConfigRule } from '../../core/names';
import { type Notice, noticeDetailType, noticeSchema } from '../../core/notice';
import { type RemediationReport, reportDetailType, reportSource } from '../../core/report';
import { remediationReportSchema } from '../../core/report-schema';
import type { ComplianceChange } from '../../ledger/cards/card';
import { type BusEvent, parsed, placesOf, UnusableEventError } from './event';

/** Something that people should hear of. `id` is the same for every delivery of it. */
export type Note =
  | { id: string; kind: 'report'; report: RemediationReport }
  | { id: string; kind: 'notice'; notice: Notice }
  | { id: string; kind: 'compliance'; change: ComplianceChange };

/** Tells whether a control's rule is AWS's or Staunch's own; undefined where there is no such control. */
export type RuleOf = (controlId: string) => 'managed' | 'custom' | undefined;

/**
 * Why an event is dropped:
 * - `needless`: it is read, and nobody needs to hear of it.
 * - `forged`: a member sent it in the hub's name.
 * - `unreadable`: it is a member's, and no later version of it can be hoped for.
 */
export type DropKind = 'needless' | 'forged' | 'unreadable';

/** What becomes of an event: a note, or why there is none, in a sentence. */
export type Selection = { note: Note } | { dropped: string; kind: DropKind };

/**
 * Selects what matters: Staunch's reports and notices from the hub itself, and what AWS Config's managed rules say, to or from
 * NON_COMPLIANT. What Staunch's own rules say comes to the hub as a finding, of which Staunch's report tells once. Where an event
 * is from is what its envelope says, not its detail. What a member's AWS Config sends and nobody can read is dropped: it will never be
 * another, and cannot be a report.
 * @param hubAccountId the only account whose reports and notices are believed
 * @param ruleOf which rule a control has; undefined where there is no such control: a member may name rules of its own as it likes
 * @throws UnusableEventError for an event of the hub's own that this version cannot read; it may be a report
 */
export function select(event: BusEvent, hubAccountId: string, ruleOf: RuleOf): Selection {
  if (event.source === reportSource) return selectOwn(event, hubAccountId);
  if (event.source === complianceChangeSource && event['detail-type'] === complianceChangeDetailType) {
    return selectComplianceChange(event, ruleOf);
  }
  return dropped(`Nobody needs to hear of ${event['detail-type']} from ${event.source}.`);
}

function selectOwn(event: BusEvent, hubAccountId: string): Selection {
  if (event.account !== hubAccountId) {
    return { dropped: `What account ${event.account} sent in the hub's name.`, kind: 'forged' };
  }
  switch (event['detail-type']) {
    case reportDetailType: {
      const report: RemediationReport = parsed(remediationReportSchema, event.detail, 'a remediation report');
      return { note: { id: report.reportId, kind: 'report', report } };
    }
    case noticeDetailType: {
      const notice = parsed(noticeSchema, event.detail, 'a notice');
      return { note: { id: notice.noticeId, kind: 'notice', notice } };
    }
    default:
      throw new UnusableEventError(`Neither a report nor a notice: ${event['detail-type']}.`);
  }
}

function selectComplianceChange(event: BusEvent, ruleOf: RuleOf): Selection {
  const read = complianceChangeSchema.safeParse(event.detail);
  if (!read.success) {
    return {
      dropped: `Not a change of compliance: malformed at ${placesOf(read.error)}.`,
      kind: 'unreadable',
    };
  }
  const detail = read.data;
  const controlId = controlIdOfConfigRule(detail.configRuleName);
  const rule = controlId === undefined ? undefined : ruleOf(controlId);
  if (controlId === undefined || rule === undefined)
    return dropped(`The rule ${detail.configRuleName} is not one of Staunch's.`);
  if (rule === 'custom') return dropped(`Staunch's own report tells of what ${controlId} finds.`);
  const to = detail.newEvaluationResult.complianceType;
  const from = detail.oldEvaluationResult?.complianceType ?? undefined;
  if (from === to || (from !== 'NON_COMPLIANT' && to !== 'NON_COMPLIANT')) {
    return dropped(`No change that matters: from ${from ?? 'nothing'} to ${to}.`);
  }
  const { resourceType, resourceId } = detail;
  const { annotation } = detail.newEvaluationResult;
  const change: ComplianceChange = {
    accountId: event.account,
    region: event.region,
    controlId,
    resourceType,
    resourceId,
    ...(from !== undefined && { from }),
    to,
    ...(annotation && { annotation }),
    at: event.time,
  };
  return { note: { id: event.id, kind: 'compliance', change } };
}

function dropped(why: string): Selection {
  return { dropped: why, kind: 'needless' };
}
