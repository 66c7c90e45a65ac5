import { cut } from '../../core/cut';
import { findingId } from '../../core/finding';
import type { RemediationReport } from '../../core/report';
import {
  type Card,
  type CardDecision,
  type CardDiffLine,
  type CardFinding,
  findingOn,
  type Mentioned,
  type Reply,
} from './card';
import { keptDecision, keptReport } from './kept-report';

/** A report, with what is shown beside it. */
export interface ToldReport {
  report: RemediationReport;
  diff: CardDiffLine[];
  diffOmitted: number;
  approvers: Mentioned;
}

/**
 * What a report meant for a card:
 * - `new`: the card shows the finding from now on.
 * - `told`: it is what counts now.
 * - `late`: one that is later in order was told before; it goes into the thread, and changes nothing.
 * - `repeated`: it was told before.
 * - `early`: one before it has not come yet. The card is as it was.
 */
export type ReportEffect = 'new' | 'told' | 'late' | 'repeated' | 'early';

const mostDecisions = 5;
const mostReports = 30;
const mostReplies = 20;
const longestReason = 300;

/**
 * A card with one report more. Repeated, late and early reports never take away what is known. Pure.
 * @param waits whether a report that lies behind a gap shall wait for those before it
 */
export function withReport(
  card: Card,
  told: ToldReport,
  waits: boolean,
): { card: Card; effect: ReportEffect } {
  const { report } = told;
  const before = findingOn(card, report);
  if (!before) {
    const shown = firstOf(told);
    return { card: asking({ ...card, findings: [...card.findings, shown] }, isAsked(shown)), effect: 'new' };
  }
  if (before.reports.includes(report.reportId)) return { card, effect: 'repeated' };
  const isLate = !isLater(report, before.report);
  if (!isLate && waits && isBehindGap(report, before.report)) return { card, effect: 'early' };
  const after: CardFinding = {
    ...before,
    ...(!isLate && {
      report: keptReport(report),
      diff: told.diff,
      diffOmitted: told.diffOmitted,
      approvers: told.approvers,
    }),
    decisions: withDecision(before.decisions, report.decision),
    reports: [...before.reports, report.reportId].slice(-mostReports),
  };
  // What a person had done has come to something.
  if (!isLate && before.working && report.at >= before.working.at) delete after.working;
  const findings = card.findings.map((shown) => (shown === before ? after : shown));
  const replies = [...card.replies, replyOf(report, card.findings.indexOf(before), isLate)];
  const left = Math.max(0, replies.length - mostReplies);
  return {
    card: asking(
      {
        ...card,
        findings,
        replies: replies.slice(left),
        repliesOmitted: card.repliesOmitted + left,
      },
      isAsked(after) && !isAsked(before),
    ),
    effect: isLate ? 'late' : 'told',
  };
}

function firstOf({ report, diff, diffOmitted, approvers }: ToldReport): CardFinding {
  return {
    finding: report.finding,
    occurrence: report.occurrence,
    report: keptReport(report),
    diff,
    diffOmitted,
    approvers,
    decisions: withDecision([], report.decision),
    reports: [report.reportId],
  };
}

/** Reports of versions before have no number, and are told apart by their time. */
function isLater(one: RemediationReport, other: RemediationReport): boolean {
  if (one.sequence !== undefined && other.sequence !== undefined) return one.sequence > other.sequence;
  return one.at >= other.at;
}

/** Whether reports between two are missing. Reports of versions before have no number, and leave none. */
function isBehindGap(report: RemediationReport, before: RemediationReport): boolean {
  return (
    report.sequence !== undefined && before.sequence !== undefined && report.sequence > before.sequence + 1
  );
}

function withDecision(decisions: CardDecision[], decision: RemediationReport['decision']): CardDecision[] {
  if (!decision) return decisions;
  const kept = keptDecision(decision);
  const others = decisions.filter(
    ({ what, by, at }) => what !== kept.what || by !== kept.by || at !== kept.at,
  );
  return [...others, kept].sort((one, other) => (one.at < other.at ? -1 : 1)).slice(-mostDecisions);
}

function replyOf(report: RemediationReport, number: number, isLate: boolean): Reply {
  const { reportId, state, at, reason, decision } = report;
  return {
    id: reportId,
    number,
    state,
    at,
    ...(reason !== undefined && { reason: cut(reason, longestReason) }),
    ...(decision && { decision: keptDecision(decision) }),
    ...(isLate && { late: true as const }),
  };
}

/** Whether a finding waits for a person's decision. */
export function isAsked({ report }: Pick<CardFinding, 'report'>): boolean {
  return report.state === 'waiting' && report.decision === undefined;
}

/**
 * A card that asks from the moment on at which a finding of it waits, and no longer once none does.
 * @param isMore whether one more waits now: then who was asked before is asked anew
 */
function asking(card: Card, isMore: boolean): Card {
  const { ask, ...rest } = card;
  const asked = card.findings.filter(isAsked);
  if (asked.length === 0) return rest;
  if (ask && !(ask.told && isMore)) return card;
  const times = asked.map(({ report }) => report.at).sort();
  const since = (ask ? times.at(-1) : times[0]) ?? card.createdAt;
  return { ...rest, ask: { since, told: false, reminded: 0 } };
}

/** `findingId` of each finding of a card. */
export function findingIdsOf({ findings }: Card): string[] {
  return findings.map(({ finding, occurrence }) => findingId(finding, occurrence));
}
