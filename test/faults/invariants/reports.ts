import { isDeepStrictEqual } from 'node:util';
import { noticeDetailType } from '../../../core/notice';
import { type RemediationReport, reportDetailType } from '../../../core/report';
import type { Invariant } from './invariant';

/** Each report, and each notice, has one content for its id, and the last report tells the state that the finding has. */
export const reportsAreRight: Invariant = ({ world: { aws }, latest }) => {
  const { events } = aws.eventBridge;
  const reports = events
    .filter(({ detailType }) => detailType === reportDetailType)
    .map(({ detail }) => detail as RemediationReport);
  const notices = events
    .filter(({ detailType }) => detailType === noticeDetailType)
    .map(({ detail }) => detail as { noticeId: string });
  return [
    ...unlike(reports, ({ reportId }) => reportId),
    ...unlike(notices, ({ noticeId }) => noticeId),
    ...repeated(reports),
    ...lastReport(reports, latest),
  ];
};

function unlike<Told>(all: readonly Told[], idOf: (told: Told) => string): string[] {
  const first = new Map<string, Told>();
  const others = new Set<string>();
  for (const told of all) {
    const id = idOf(told);
    if (!first.has(id)) first.set(id, told);
    // The order of an object's names is no content.
    else if (!isDeepStrictEqual(first.get(id), told)) others.add(id);
  }
  return [...others].map((id) => `${id} has several contents.`);
}

/** A state is not told twice in a row in the same words. */
function repeated(reports: readonly RemediationReport[]): string[] {
  const once = [...new Map(reports.map((report) => [report.reportId, report])).values()];
  const said = ({ occurrence, state, reason, violations, plan }: RemediationReport) =>
    JSON.stringify({ occurrence, state, reason, violations, plan });
  return once.flatMap((report, index) => {
    const before = once[index - 1];
    return before && said(before) === said(report)
      ? [`${report.reportId} says what the one before it said.`]
      : [];
  });
}

function lastReport(
  reports: readonly RemediationReport[],
  latest: { state: string; occurrence: number; heldBy?: string; lastReported?: string } | undefined,
): string[] {
  if (!latest || (latest.heldBy !== undefined && latest.heldBy !== 'conflict')) return [];
  const last = reports
    .filter(({ occurrence }) => occurrence === latest.occurrence)
    .toSorted((one, other) => one.attempt - other.attempt)
    .at(-1);
  if (!last) {
    const isSilent = latest.state === 'already-compliant' || latest.state === 'gone';
    return isSilent ? [] : [`Nobody heard that it is ${latest.state}.`];
  }
  return last.state === latest.state
    ? []
    : [`It is ${latest.state}, and people heard that it is ${last.state}.`];
}
