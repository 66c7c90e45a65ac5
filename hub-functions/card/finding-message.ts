import { findingId } from '../../core/finding';
import { lastingFix, openerLine } from '../../core/opener-text';
import type { FindingState } from '../../core/states';
import { isOpen } from '../../core/states';
import { utc } from '../../core/utc';
import { type Card, type CardFinding, workingAt } from '../../ledger/cards/card';
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
import { commandsFor } from './commands';
import type { Detail } from './detail';
import type { CardFacts } from './facts';
import { headline } from './headline';
import { accountText, decisionText, diffText, sentences, workingText } from './parts';
import { code, escaped, list } from './slack-text';
import { statusOf, workingLook } from './status';

/** What a report calls its plan: done, or what would be done. */
const planHeadings: Partial<Record<FindingState, string>> = {
  waiting: 'What will be changed, once it is approved',
  fixed: 'What was changed',
  undone: 'What the fix had changed',
  denied: 'What was decided against',
  held: 'What waits to be changed',
  failed: 'What was to be changed',
  'given-up': 'What was to be changed',
};

/** The message of one finding. */
export function findingMessage(
  card: Card,
  shown: CardFinding,
  facts: CardFacts,
  detail: Detail,
): SlackMessage {
  const { report, finding, occurrence, decisions } = shown;
  const { state, violations, plan, omitted, reason, errorCode, flag, decidedBy } = report;
  const { resourceId, region, accountId } = finding;
  const isWorked = workingAt(shown, facts.now) !== undefined;
  const title = headline(isWorked ? `${workingLook} Working on it` : statusOf(state), shown, facts);
  const account = accountText(accountId, report.accountName);
  const why = [reason, errorCode && `(${errorCode})`].filter(Boolean).join(' ');
  const lasting = lastingFix(report);
  const heading = planHeadings[state] ?? 'What would be changed';
  const diff = plan && diffText(heading, shown, detail);
  const asked = isAsked(shown) && !isWorked ? mentions(shown.approvers) : undefined;
  const working = workingText(shown, facts.now);
  const buttons = facts.hasButtons
    ? actions(actionsOn(shown, facts.now).map((action) => button(action, card.cardId)))
    : [];
  const commands = commandsFor(report, facts.hasButtons).map(
    ([action, command]) => `${action}: ${code(command, Math.max(detail.text, command.length + 2))}`,
  );
  return {
    text: summaryText(`${title}: ${resourceId}, ${accountId}, ${region}`),
    // What decides comes first: Slack folds what is long.
    blocks: [
      header(title),
      ...(working === undefined ? [] : [section(working)]),
      ...sentences(
        isOpen(state) ? 'What is dangerous' : 'What was dangerous',
        violations.map(({ text }) => text),
        omitted?.violations ?? 0,
        detail,
      ),
      fields(factsOf(shown, account), detail.text),
      ...(report.opened ? [section(`*Opened by*\n${code(openerLine(report.opened), detail.text)}`)] : []),
      ...(diff === undefined
        ? sentences(heading, plan?.changes.map(({ text }) => text) ?? [], omitted?.changes ?? 0, detail)
        : [section(diff)]),
      ...sentences('What goes with it', plan?.losses ?? [], 0, detail),
      ...sentences('Why', why ? [why] : [], 0, detail),
      ...sentences('Lasting fix', lasting ? [lasting] : [], 0, detail),
      ...(decisions.length > 0
        ? [section(list('Decided', decisions.map((each) => decisionText(each, detail.text)).toReversed()))]
        : []),
      ...(asked === undefined ? [] : [section(`*Who may approve*: ${asked}`)]),
      ...buttons,
      ...(commands.length > 0 ? [section(list('Commands', commands))] : []),
      context(
        [
          `Flag ${code(`${flag ?? 'not resolved'}: ${decidedBy}`, detail.text)}`,
          // The command that shows it has its name, too.
          ...(commands.length > 0 ? [] : [code(findingId(finding, occurrence))]),
          // A look is no try: it counts for people where looks came to nothing.
          ...(isFailure(state) ? [`look ${report.attempt}`] : []),
          escaped(utc(report.at)),
        ].join(' · '),
      ),
    ],
  };
}

function isFailure(state: FindingState): boolean {
  return state === 'failed' || state === 'given-up';
}

/** Slack takes ten at most. */
function factsOf({ report, finding }: CardFinding, account: string): Record<string, string> {
  const { unit, severity, detector, owner, receivedAt } = report;
  return {
    Account: account,
    [finding.resourceType]: finding.resourceId,
    Region: finding.region,
    ...(unit !== undefined && { Unit: unit }),
    ...(owner !== undefined && { Owner: owner }),
    Severity: severity,
    'Open since': utc(receivedAt),
    ...(detector && { 'Found by': detector }),
  };
}
