import { isOpen } from '../../../core/states';
import type { Card } from '../../../ledger/cards/card';
import { type SlackMessage, withoutButtons } from '../../card/blocks';
import type { CardFacts } from '../../card/facts';
import { plainMessage } from '../../card/plain-message';
import { messageDigest, renderCard } from '../../card/render-card';
import { askedOn, askMessage, lostMessage, repliesMessage } from '../../card/reply-message';
import { nextReminder } from './reminders';

/**
 * What the poster does next for a card:
 * - `post`: the first message, without buttons; they come with the first update. A message of which Slack's answer was lost is posted
 *   again, and the lost one then has no button that could outlive what it is for.
 * - `update`: the first message shows something else than it should.
 * - `reply`: the thread is told what came, or what was lost; of those, by id.
 * - `ask`: the approvers are mentioned, or reminded.
 * - `file`: the list of a storm goes into the thread.
 * - `rest`: nothing, until a time if there is one.
 */
export type Step =
  /** `plain`: in few words, since Slack has refused the message as it is. */
  | { do: 'post' | 'update'; message: SlackMessage; shown: string; plain?: true }
  | { do: 'reply'; message: SlackMessage; replies: string[] }
  | { do: 'ask'; message: SlackMessage; reminded: number }
  | { do: 'file' }
  | { do: 'rest'; until?: Date };

/** What a step depends on beside the card. */
export interface StepFacts extends CardFacts {
  /** Whether a storm is on in the channel: threads wait for its end. */
  isStormy: boolean;
  /** How long an approval is waited for. */
  expireMinutes: number;
}

/** What is to be done for a card. Pure. */
export function nextStep(card: Card, facts: StepFacts): Step {
  const { ts, shown, ask, replies, lost = [], storm } = card;
  const { message, ...plain } = messageOf(card, facts);
  if (ts === undefined) {
    const bare = withoutButtons(message);
    return { do: 'post', message: bare, shown: messageDigest(bare), ...plain };
  }
  const digest = messageDigest(message);
  if (digest !== shown) return { do: 'update', message, shown: digest, ...plain };
  if (facts.isStormy && !storm) return rest(card, facts);
  if (replies.length > 0) {
    return { do: 'reply', message: repliesMessage(card, facts), replies: replies.map(({ id }) => id) };
  }
  if (lost.length > 0) {
    return { do: 'reply', message: lostMessage(lost, card, facts), replies: lost.map(({ id }) => id) };
  }
  if (storm?.endedAt !== undefined && !storm.filed) return { do: 'file' };
  // A digest asks when it is complete. Where nobody can be mentioned, the message says enough.
  const mayAsk = (!storm || storm.endedAt !== undefined) && askedOn(card) !== undefined;
  if (ask && mayAsk && !ask.told) return { do: 'ask', message: askMessage(card, facts), reminded: 0 };
  const reminder = ask && mayAsk ? nextReminder(ask, facts) : undefined;
  if (reminder?.isDue) {
    return { do: 'ask', message: askMessage(card, facts), reminded: reminder.reminded };
  }
  return rest(card, facts, reminder?.at);
}

/** What Slack has refused as it is, is told in few words. */
function messageOf(card: Card, facts: StepFacts): { message: SlackMessage; plain?: true } {
  const message = renderCard(card, facts);
  if (card.refused === undefined) return { message };
  const refused = [messageDigest(message), messageDigest(withoutButtons(message))];
  return refused.includes(card.refused) ? { message: plainMessage(card, facts), plain: true } : { message };
}

function rest({ findings }: Card, { now }: StepFacts, reminder?: Date): Step {
  const ends = findings.flatMap(({ working }) => {
    const until = working && Date.parse(working.until);
    return until !== undefined && until > now.getTime() ? [until] : [];
  });
  const times = [...ends, ...(reminder ? [reminder.getTime()] : [])];
  return times.length === 0 ? { do: 'rest' } : { do: 'rest', until: new Date(Math.min(...times)) };
}

/** Whether anything on a card is still open: where its message was deleted, it is posted anew. */
export function isUnsettled({ findings, storm }: Card): boolean {
  if (storm) return Object.keys(storm.states).some((state) => isOpen(state as never));
  return findings.some(({ report }) => isOpen(report.state));
}
