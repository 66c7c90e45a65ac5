import type { CompiledPolicy } from '../../config/compiled';
import type { AccountPlace } from '../../config/place';
import { cut } from '../../core/cut';
import type { RemediationReport } from '../../core/report';
import { approversOf } from '../../decision/approvers';
import type { CardDiffLine, Mentioned } from '../../ledger/cards/card';
import type { ToldReport } from '../../ledger/cards/with-report';
import { inDiffOrder } from '../../resources/kit/diff-order';
import { resourceType } from '../../resources/registry';

const mostLines = 24;
const longestLine = 160;
const mostApprovers = 25;

/**
 * A report with what is shown beside it: what its plan changes, line by line, and who may approve it. Pure.
 * @param place of the finding's account; undefined where it is not known: then nobody is named
 */
export function toldReport(
  report: RemediationReport,
  place: AccountPlace | undefined,
  policy: CompiledPolicy,
): ToldReport {
  const lines = diffOf(report);
  return {
    report,
    diff: lines.slice(0, mostLines).map(({ kind, text }) => ({ kind, text: cut(text, longestLine) })),
    diffOmitted:
      Math.max(0, lines.length - mostLines) + (lines.length > 0 ? (report.omitted?.changes ?? 0) : 0),
    approvers: approversFor(report, place, policy),
  };
}

/** A change that this version cannot show as lines is told by its sentence, as all of that plan are. */
function diffOf({ finding, plan }: RemediationReport): CardDiffLine[] {
  const type = resourceType(finding.resourceType);
  const all = (plan?.changes ?? []).map((change) => linesOrNone(() => type?.changeLines(change)));
  return all.every((lines) => lines !== undefined) ? inDiffOrder(all) : [];
}

/** A change crossed the bus: what it holds beside its sentence may be another version's. */
function linesOrNone(lines: () => CardDiffLine[] | undefined): CardDiffLine[] | undefined {
  try {
    return lines();
  } catch {
    return undefined;
  }
}

function approversFor(
  { finding, state }: RemediationReport,
  place: AccountPlace | undefined,
  policy: CompiledPolicy,
): Mentioned {
  if (state !== 'waiting' || !place) return { users: [], groups: [] };
  const { users, groups } = approversOf(place, finding.control, policy);
  return { users: users.slice(0, mostApprovers), groups: groups.slice(0, mostApprovers) };
}
