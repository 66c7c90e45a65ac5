import { cut } from '../../core/cut';
import type { RemediationReport, ReportedDecision } from '../../core/report';

/** What of a report a card keeps at most: ten of them are one item of the ledger, of 400 kB. */
const mostSentences = 5;
/** Whoever approves a lossy plan has to see what is lost: all of it, but where it is very much. */
const mostLosses = 20;
const longestSentence = 300;
const longestReason = 600;

/** A report as a card keeps it: what people are shown of it, cut to what has a place in a message. */
export function keptReport(report: RemediationReport): RemediationReport {
  const { violations, plan, omitted, reason } = report;
  const more = {
    violations: (omitted?.violations ?? 0) + Math.max(0, violations.length - mostSentences),
    changes: (omitted?.changes ?? 0) + Math.max(0, (plan?.changes.length ?? 0) - mostSentences),
  };
  // Channels follow from tags when the report comes, and nothing later.
  const { omitted: _omitted, tags: _tags, decision, owner, ...rest } = report;
  return {
    ...rest,
    decidedBy: cut(report.decidedBy, longestSentence),
    ...(owner !== undefined && { owner: cut(owner, longestSentence) }),
    ...(decision && { decision: keptDecision(decision) }),
    violations: violations
      .slice(0, mostSentences)
      .map(({ kind, text }) => ({ kind: cut(kind, 100), text: cut(text, longestSentence), detail: {} })),
    ...(plan && {
      plan: {
        lossy: plan.lossy,
        losses: keptLosses(plan.losses),
        changes: plan.changes
          .slice(0, mostSentences)
          .map(({ action, text }) => ({ action: cut(action, 100), text: cut(text, longestSentence) })),
      },
    }),
    ...(reason !== undefined && { reason: cut(reason, longestReason) }),
    ...((more.violations > 0 || more.changes > 0) && { omitted: more }),
  };
}

/** What goes with a lossy plan. Where some of it has no place, the last sentence says how much that is. */
function keptLosses(losses: readonly string[]): string[] {
  const kept = losses.slice(0, mostLosses).map((text) => cut(text, longestSentence));
  const more = losses.length - kept.length;
  return more > 0 ? [...kept, `And ${more} more: see all of it with staunch show.`] : kept;
}

/** A person's decision, cut to what has a place in a message. */
export function keptDecision(decision: ReportedDecision): ReportedDecision {
  const { by, reason } = decision;
  return {
    ...decision,
    by: cut(by, longestSentence),
    ...(reason !== undefined && { reason: cut(reason, longestSentence) }),
  };
}
