import type { CardFinding, Storm } from '../../ledger/cards/card';
import { type CardFacts, titleOf } from './facts';
import { shortened } from './slack-text';

/** As much of an account's name as leaves room for the control: a phone shows two or three short lines, a header 150 characters. */
export const longestName = 40;

/**
 * The first line of what is told of a finding: `🟡 Waiting for approval · critical · payments-prod: public S3 bucket`. It is all that a
 * phone shows of it, so that it says how bad it is, and where. It may hold a stranger's text, which is not escaped yet. Pure.
 * @param what is told, in a word or two
 */
export function headline(
  what: string,
  { finding, report }: Pick<CardFinding, 'finding' | 'report'>,
  facts: Pick<CardFacts, 'titleOf'>,
): string {
  const account = shortened(report.accountName ?? finding.accountId, longestName);
  return `${what} · ${report.severity} · ${account}: ${titleOf(finding.control, facts)}`;
}

/** How bad the worst of many findings is, for their first line; nothing where that is not known. Pure. */
export function severityText({ severity }: Pick<Storm, 'severity'>): string {
  return severity === undefined ? '' : ` · ${severity} at worst`;
}
