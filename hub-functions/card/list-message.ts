import type { KnownBlock } from '@slack/web-api';
import { findingId } from '../../core/finding';
import { openerName } from '../../core/opener-text';
import type { RemediationReport } from '../../core/report';
import { utc } from '../../core/utc';
import { type Card, type CardFinding, workingAt } from '../../ledger/cards/card';
import { approvableOn, listDigestOf } from '../../ledger/cards/list-digest';
import { isAsked } from '../../ledger/cards/with-report';
import {
  actions,
  button,
  context,
  fields,
  header,
  mentions,
  type SlackMessage,
  section,
  summaryText,
} from './blocks';
import { actionsOn } from './buttons';
import type { Detail } from './detail';
import type { CardFacts } from './facts';
import { headline } from './headline';
import { mergedMentions } from './merged-mentions';
import { accountText, decisionText, workingText } from './parts';
import { code, escaped } from './slack-text';
import { countsText, lookOf, mostUrgent, statusOf, workingLook } from './status';

/** The message of several findings of one account and control, each with a line and a button of its own. */
export function listMessage(card: Card, facts: CardFacts, detail: Detail): SlackMessage {
  const { cardId, findings } = card;
  const [first] = findings;
  if (!first) throw new RangeError(`The card ${cardId} shows no finding.`);
  const { accountId, control } = first.finding;
  const { accountName, unit, severity } = first.report;
  const account = accountText(accountId, accountName);
  const counts = countsOf(findings);
  const open = findings.filter((shown) => !workingAt(shown, facts.now));
  const look = open.length === 0 ? workingLook : lookOf(mostUrgent(open.map(({ report }) => report.state)));
  const title = headline(`${look} ${findings.length} findings`, first, facts);
  const asked = open.filter(isAsked);
  const mentioned = mentions(mergedMentions(asked.map(({ approvers }) => approvers)));
  const since = findings.map(({ report }) => report.receivedAt).sort()[0] ?? card.createdAt;
  return {
    text: summaryText(`${title}: ${countsText(counts)}, in ${accountId}`),
    blocks: [
      header(title),
      fields(
        {
          Account: account,
          ...(unit !== undefined && { Unit: unit }),
          Severity: severity,
          'Open since': utc(since),
        },
        detail.text,
      ),
      section(`*Now*: ${countsText(counts)}`),
      ...findings.map((shown, index) => row(card, shown, index, facts, detail)),
      ...(mentioned === undefined ? [] : [section(`*Who may approve*: ${mentioned}`)]),
      ...(facts.hasButtons ? buttonsOf(card, open) : []),
      context(
        `Each finding: staunch show and its name, as it stands above · ${code(control, 160)} · ${escaped(utc(card.createdAt))}`,
      ),
    ],
  };
}

function buttonsOf(card: Card, open: readonly CardFinding[]): KnownBlock[] {
  const { cardId } = card;
  const approvable = approvableOn({ ...card, findings: [...open] });
  const isAll = approvable.length === open.filter(isAsked).length;
  const label = isAll ? undefined : `Approve those without loss (${approvable.length})`;
  return actions([
    // What somebody works on is no part of it, so that the list would not be the one that was shown.
    approvable.length > 0 && open.length === card.findings.length
      ? button({ order: 'approve-all', card: cardId, list: listDigestOf(card) }, cardId, undefined, label)
      : undefined,
    button({ order: 'list', card: cardId }, cardId),
  ]);
}

function row(card: Card, shown: CardFinding, index: number, facts: CardFacts, detail: Detail): KnownBlock {
  const { finding, occurrence, report, decisions } = shown;
  const danger = report.violations[0]?.text;
  const change = report.plan?.changes[0]?.text;
  const more = (report.plan?.changes.length ?? 0) - 1 + (report.omitted?.changes ?? 0);
  const decided = decisions.at(-1);
  const working = workingText(shown, facts.now);
  const length = Math.min(detail.text, 200);
  const lines = [
    `${working === undefined ? statusOf(report.state) : workingLook}: ${code(finding.resourceId, Math.min(detail.text, 260))} in ${code(finding.region, 40)}`,
    ...(working === undefined ? [] : [working]),
    ...(danger === undefined ? [] : [code(danger, length)]),
    ...whoseText(report, detail),
    ...(change === undefined ? [] : [`± ${code(change, length)}${more > 0 ? ` and ${more} more` : ''}`]),
    ...(decided ? [decisionText(decided, length)] : []),
    // What has no room here is in the modal.
    ...(detail.text > 100 ? [code(findingId(finding, occurrence), detail.buttons ? 600 : 300)] : []),
  ];
  const [action] = facts.hasButtons && detail.buttons ? actionsOn(shown, facts.now) : [];
  return section(lines.join('\n'), action && button(action, card.cardId, index));
}

/** Whose a resource is, and who opened it, in a line; none where neither is known, or there is no room for it. */
function whoseText({ owner, opened }: RemediationReport, { buttons }: Detail): string[] {
  if (!buttons) return [];
  const parts = [
    ...(owner === undefined ? [] : [`owner ${code(owner, 80)}`]),
    ...(opened ? [`opened by ${code(openerName(opened), 80)}`] : []),
  ];
  return parts.length > 0 ? [parts.join(', ')] : [];
}

function countsOf(findings: readonly CardFinding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { report } of findings) counts[report.state] = (counts[report.state] ?? 0) + 1;
  return counts;
}
