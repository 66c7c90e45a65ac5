import { capitalized } from '../../core/capitalized';
import { type FindingState, states } from '../../core/states';
import type { StateCounts } from '../../ledger/cards/card';

/**
 * How a state looks in the channel, so that what needs somebody is seen at a glance. It is a character of Unicode, which stands in the
 * title and in notifications alike: the bar of colour belongs to attachments, of which Slack says that they are a legacy, and may be
 * shown less.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
const looks: Readonly<Record<FindingState, string>> = {
  failed: '🔴',
  'given-up': '🔴',
  waiting: '🟡',
  reported: '🟠',
  undone: '🟠',
  denied: '🟤',
  held: '🟣',
  exempt: '🔵',
  received: '⚪',
  fixed: '🟢',
  'already-compliant': '🟢',
  gone: '⚫',
};

/** While somebody's decision is being carried out. */
export const workingLook = '⏳';

/** How a state looks. */
export function lookOf(state: FindingState): string {
  return looks[state];
}

/** A state in words, with its look: `🟢 Fixed`. */
export function statusOf(state: FindingState): string {
  return `${lookOf(state)} ${capitalized(states[state].title)}`;
}

/** In the order in which they need somebody. */
export const byUrgency = Object.keys(looks) as FindingState[];

/** The state that needs somebody most. */
export function mostUrgent(all: readonly FindingState[]): FindingState {
  return byUrgency.find((state) => all.includes(state)) ?? 'received';
}

/** `🟡 12 waiting for approval, 🟢 3 fixed`. */
export function countsText(counts: StateCounts): string {
  return byUrgency
    .flatMap((state) => {
      const count = counts[state] ?? 0;
      return count > 0 ? [`${lookOf(state)} ${count} ${states[state].title}`] : [];
    })
    .join(', ');
}
