import type { HeaderBlock, KnownBlock, SectionBlock } from '@slack/web-api';
import { capitalized } from '../../core/capitalized';
import { findingId } from '../../core/finding';
import type { Notice } from '../../core/notice';
import { lastingFix, openerLine } from '../../core/opener-text';
import type { RemediationReport } from '../../core/report';
import { type FindingState, states } from '../../core/states';
import { utc } from '../../core/utc';
import { commandsFor } from './commands';
import type { ComplianceChange, Note } from './select';
import { bold, code, escaped, list, maximumSectionLength, shortened } from './slack-text';

/** A message for `chat.postMessage`. */
export interface SlackMessage {
  /** What notifications and screen readers show. */
  text: string;
  /** Far fewer than Slack's 50: https://docs.slack.dev/reference/block-kit/blocks */
  blocks: KnownBlock[];
}

/** Slack's limit for a header: https://docs.slack.dev/reference/block-kit/blocks/header-block */
const maximumHeaderLength = 150;

/**
 * What the channel is told of a note.
 * @param titleOf the title of a control by its id; the id itself where it is unknown
 */
export function compose(note: Note, titleOf: (controlId: string) => string): SlackMessage {
  switch (note.kind) {
    case 'report':
      return composeReport(note.report, titleOf);
    case 'notice':
      return composeNotice(note.notice);
    case 'compliance':
      return composeChange(note.change, titleOf);
  }
}

/** What a report calls its plan: done, or what would be done. */
const planHeadings: Partial<Record<FindingState, string>> = {
  fixed: 'What was changed',
  denied: 'What was decided against',
  held: 'What waits to be changed',
  failed: 'What was to be changed',
  'given-up': 'What was to be changed',
};

function composeReport(report: RemediationReport, titleOf: (controlId: string) => string): SlackMessage {
  const { finding, state, flag, decidedBy, severity, violations, plan, omitted, reason, errorCode } = report;
  const { detector, opened } = report;
  const { accountId, region, resourceType, resourceId } = finding;
  const lasting = lastingFix(report);
  const title = `${capitalized(states[state].title)}: ${titleOf(finding.control)}`;
  const why = [reason, errorCode && `(${errorCode})`].filter(Boolean).join(' ');
  const lists: [heading: string, texts: string[], omitted?: number | undefined][] = [
    ['What was wrong', violations.map(({ text }) => text), omitted?.violations],
    [
      planHeadings[state] ?? 'What would be changed',
      plan?.changes.map(({ text }) => text) ?? [],
      omitted?.changes,
    ],
    ['What goes with it', plan?.losses ?? []],
    ['Why', why ? [why] : []],
    ['Lasting fix', lasting ? [lasting] : []],
  ];
  const account = named(accountId, report.accountName);
  const commands = commandsFor(report).map(([action, command]) => `${action}: ${code(command)}`);
  return {
    text: summary(title, resourceId, account, region),
    blocks: [
      header(title),
      fields({
        Account: account,
        ...(report.unit !== undefined && { Unit: report.unit }),
        Region: region,
        [resourceType]: resourceId,
        Severity: severity,
        Flag: flag ?? 'not resolved',
        'Decided by': decidedBy,
        ...(detector && { 'Found by': detector }),
        ...(opened && { 'Opened by': openerLine(opened) }),
      }),
      ...lists.flatMap(([heading, texts, more]) =>
        texts.length > 0
          ? [
              section(
                list(
                  heading,
                  texts.map((text) => code(text)),
                  more,
                ),
              ),
            ]
          : [],
      ),
      ...(commands.length > 0 ? [section(list('Commands', commands))] : []),
      context(
        `${code(findingId(finding, report.occurrence))} · attempt ${report.attempt} · ${escaped(utc(report.at))}`,
      ),
    ],
  };
}

/** A notice holds no markup, and may quote a stranger: as plain text nothing in it is formatted. */
function composeNotice({ title, text, at }: Notice): SlackMessage {
  return {
    text: shortened(escaped(`${title}: ${text}`), 600),
    blocks: [
      header(title),
      {
        type: 'section',
        text: { type: 'plain_text', text: shortened(escaped(text), maximumSectionLength), emoji: false },
      },
      context(escaped(utc(at))),
    ],
  };
}

function composeChange(change: ComplianceChange, titleOf: (controlId: string) => string): SlackMessage {
  const { accountId, region, resourceType, resourceId, controlId, from, to, annotation, at } = change;
  const title = `${complianceTitle(to)}: ${titleOf(controlId)}`;
  return {
    text: summary(title, resourceId, accountId, region),
    blocks: [
      header(title),
      fields({
        Account: accountId,
        Region: region,
        [resourceType]: resourceId,
        Was: from ?? 'not judged before',
      }),
      ...(annotation ? [section(list('What the rule says', [code(annotation)]))] : []),
      context(`AWS Config · ${code(controlId)} · ${escaped(utc(at))}`),
    ],
  };
}

function complianceTitle(to: string): string {
  if (to === 'NON_COMPLIANT') return 'Not compliant';
  return to === 'COMPLIANT' ? 'Compliant again' : 'No longer judged';
}

function summary(title: string, resourceId: string, account: string, region: string): string {
  return shortened(escaped(`${title}: ${resourceId} in account ${account}, ${region}`), 600);
}

/** An account as people know it: `payments-prod (111122223333)`. */
function named(accountId: string, name: string | undefined): string {
  return name === undefined ? accountId : `${shortened(name, 100)} (${accountId})`;
}

function header(title: string): HeaderBlock {
  return {
    type: 'header',
    text: { type: 'plain_text', text: shortened(escaped(title), maximumHeaderLength), emoji: false },
  };
}

/** `verbatim` keeps Slack from making links and mentions of its own: https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

/** At most ten fields of 2,000 characters: https://docs.slack.dev/reference/block-kit/blocks/section-block */
function fields(values: Record<string, string>): SectionBlock {
  return {
    type: 'section',
    fields: Object.entries(values).map(([name, value]) => ({
      type: 'mrkdwn',
      text: `${bold(name)}\n${code(value)}`,
      verbatim: true,
    })),
  };
}

/** @param text escaped already, and short: at most 2,000 characters */
function context(text: string): KnownBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}
