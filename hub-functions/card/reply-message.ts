import { utc } from '../../core/utc';
import { type Card, type LostDecision, type Reply, workingAt } from '../../ledger/cards/card';
import { isAsked } from '../../ledger/cards/with-report';
import { mentions, type SlackMessage, section, summaryText } from './blocks';
import type { CardFacts } from './facts';
import { headline, severityText } from './headline';
import { mergedMentions } from './merged-mentions';
import { decisionText } from './parts';
import { code, escaped, list } from './slack-text';
import { statusOf } from './status';

/** What a thread is told of reports that came, all of those that wait in one message. */
export function repliesMessage(card: Card, facts: CardFacts): SlackMessage {
  const { replies, repliesOmitted } = card;
  const lines = replies.map((reply) => lineOf(card, reply));
  const last = replies.at(-1);
  const state = last ? statusOf(last.state) : '';
  return {
    text: summaryText(aboutText(state, card, facts)),
    blocks: [section(joined(lines, repliesOmitted))],
  };
}

function joined(lines: readonly string[], omitted: number): string {
  const [only, ...others] = lines;
  if (only !== undefined && others.length === 0 && omitted === 0) return only;
  return list(omitted > 0 ? `${omitted} earlier ones are left out` : 'What followed', lines);
}

function lineOf(card: Card, { number, state, at, reason, decision, late }: Reply): string {
  const shown = card.findings[number];
  const which =
    card.findings.length > 1 && shown
      ? ` ${code(shown.finding.resourceId, 120)} in ${code(shown.finding.region, 40)}`
      : '';
  return [
    `${statusOf(state)}${which}, ${escaped(utc(at))}${late ? ' (told late: what is later stands above)' : ''}`,
    ...(state === 'fixed' ? ['It was read again after the fix, and complies.'] : []),
    ...(decision ? [decisionText(decision, 200)] : []),
    ...(reason === undefined ? [] : [code(reason, 400)]),
  ].join('\n   ');
}

/**
 * What a thread, and each who decided, is told of decisions that were not done and are tried no more.
 * @param lost at least one
 */
export function lostMessage(lost: readonly LostDecision[], card: Card, facts: CardFacts): SlackMessage {
  const lines = lost.map(({ what, user, at }) => {
    const who = mentions({ users: [user], groups: [] }) ?? code(user, 40);
    return `*Not done*: ${code(what, 60)} by ${who}, ${escaped(utc(at))}`;
  });
  return {
    text: summaryText(aboutText('⚠️ Not done', card, facts)),
    blocks: [
      section(
        [
          ...lines.map((line) => `⚠️ ${line}`),
          'Staunch could not take it for half a day, and tries no more. What is so now stands in the message above: decide again, or by the command line.',
        ].join('\n'),
      ),
    ],
  };
}

/** Who is asked to decide about what waits on a card; undefined where the policy names nobody in Slack. */
export function askedOn({ findings, storm }: Card): string | undefined {
  return mentions(
    storm?.approvers ?? mergedMentions(findings.filter(isAsked).map(({ approvers }) => approvers)),
  );
}

/** Asks the approvers, once, or again. */
export function askMessage(card: Card, facts: CardFacts): SlackMessage {
  const { ask, storm } = card;
  const asked = card.findings.filter((shown) => isAsked(shown) && !workingAt(shown, facts.now));
  const count = storm ? (storm.states.waiting ?? 0) : asked.length;
  const who = askedOn(card);
  const what = count === 1 ? 'This waits' : `${count} of these wait`;
  const text = ask?.told
    ? `⏰ ${what} for a decision since ${escaped(utc(ask.since))}.`
    : `🟡 ${what} for a decision.`;
  return {
    text: summaryText(aboutText(`${ask?.told ? '⏰' : '🟡'} ${what} for a decision`, card, facts)),
    blocks: [section(who === undefined ? text : `${text} ${who}`)],
  };
}

/** What notifications show: people are mentioned by such messages alone. */
function aboutText(what: string, { findings, storm }: Card, facts: CardFacts): string {
  const [first] = findings;
  if (first) return headline(what, first, facts);
  return `${what}${storm ? severityText(storm) : ''}: many findings`;
}
