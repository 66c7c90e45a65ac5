import type { PostedNotes } from '../ledger/posted-notes';
import { compose } from './compose';
import { parseTopicMessage } from './event';
import { type RuleOf, select } from './select';
import type { SlackChannel } from './slack-channel';

/** What the notifier works with. */
export interface NotifierParts {
  hubAccountId: string;
  /** The title of a control by its id; undefined where there is no such control. */
  titleOf: (controlId: string) => string | undefined;
  ruleOf: RuleOf;
  notes: Pick<PostedNotes, 'once'>;
  slack: Pick<SlackChannel, 'post'>;
  log: Record<'info' | 'warn', (message: string, details: Record<string, unknown>) => void>;
  now: () => Date;
}

/**
 * Tells the channel of one event, if anybody needs to hear of it, and once however often it is delivered.
 * @param body a message of the notifier's queue: the event as JSON
 * @param remaining milliseconds that are left to this invocation
 * @throws UnusableEventError when it is no event that this version understands
 * @throws PostError, NoteClaimedError when it has to be tried again
 */
export async function notify(parts: NotifierParts, body: string, remaining: () => number): Promise<void> {
  const { hubAccountId, titleOf, ruleOf, notes, slack, log, now } = parts;
  const message = parseTopicMessage(body);
  if ('alarm' in message) {
    // Alarms are for those who run Staunch; they subscribe to the topic.
    log.info('Dropped', { alarm: message.alarm, why: 'The channel hears of findings only.' });
    return;
  }
  const { event } = message;
  const selection = select(event, hubAccountId, ruleOf);
  if ('dropped' in selection) {
    log[selection.forged ? 'warn' : 'info']('Dropped', { eventId: event.id, why: selection.dropped });
    return;
  }
  const { note } = selection;
  const outcome = await notes.once(note.id, now, () =>
    slack.post(
      compose(note, (controlId) => titleOf(controlId) ?? controlId),
      remaining,
    ),
  );
  log.info(outcome === 'posted' ? 'Posted' : 'Posted before', { eventId: event.id, note: note.id });
}
