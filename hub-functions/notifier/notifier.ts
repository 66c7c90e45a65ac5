import { findingId } from '../../core/finding';
import { logLines } from '../../core/log-lines';
import type { RemediationReport } from '../../core/report';
import type { PostedNotes } from '../../ledger/posted-notes';
import { compose } from './compose';
import type { DeadLetters } from './dead-letters';
import { parseEvent, UnusableEventError } from './event';
import { type DropKind, type RuleOf, select } from './select';
import { RefusedMessageError, type SlackChannel } from './slack-channel';

/** What the notifier works with. */
export interface NotifierParts {
  hubAccountId: string;
  /** The title of a control by its id; undefined where there is no such control. */
  titleOf: (controlId: string) => string | undefined;
  ruleOf: RuleOf;
  notes: Pick<PostedNotes, 'once'>;
  slack: Pick<SlackChannel, 'post'>;
  deadLetters: Pick<DeadLetters, 'put'>;
  log: Record<'info' | 'warn' | 'error', (message: string, details: Record<string, unknown>) => void>;
  now: () => Date;
}

/** How the log tells of what is dropped. */
const dropLines: Record<DropKind, { level: 'info' | 'warn'; message: string }> = {
  needless: { level: 'info', message: 'Dropped' },
  forged: { level: 'warn', message: 'Dropped' },
  unreadable: { level: 'warn', message: logLines.unreadableEvent },
};

/**
 * Tells the channel of one event, if anybody needs to hear of it, and once however often it is delivered. What this version cannot
 * read, and may be a report, becomes a dead letter at once, with its alarm: no later try would read it. So does what Slack refuses as it
 * is.
 * @param body a message of the notifier's queue: the event as JSON
 * @param remaining milliseconds that are left to this invocation
 * @throws PostError, NoteClaimedError, or SQS's own error when it has to be tried again
 */
export async function notify(parts: NotifierParts, body: string, remaining: () => number): Promise<void> {
  try {
    await tell(parts, body, remaining);
  } catch (error) {
    if (!(error instanceof UnusableEventError || error instanceof RefusedMessageError)) throw error;
    await parts.deadLetters.put(body, error.message);
    parts.log.error('A message can never be told, and is a dead letter now', { why: error.message });
  }
}

async function tell(parts: NotifierParts, body: string, remaining: () => number): Promise<void> {
  const { hubAccountId, titleOf, ruleOf, notes, slack, log, now } = parts;
  const event = parseEvent(body);
  const selection = select(event, hubAccountId, ruleOf);
  if ('dropped' in selection) {
    const { level, message } = dropLines[selection.kind];
    log[level](message, { eventId: event.id, account: event.account, why: selection.dropped });
    return;
  }
  const { note } = selection;
  const outcome = await notes.once(note.id, now, () =>
    slack.post(
      compose(note, (controlId) => titleOf(controlId) ?? controlId),
      remaining,
    ),
  );
  log.info(outcome === 'posted' ? logLines.posted : 'Posted before', {
    eventId: event.id,
    note: note.id,
    // Told once, so that it is counted once.
    ...(outcome === 'posted' && note.kind === 'report' && countedOf(note.report)),
  });
}

/** What the hub's dashboard counts of a report. */
function countedOf({ finding, occurrence, state, severity, receivedAt, at }: RemediationReport) {
  return {
    finding: findingId(finding, occurrence),
    state,
    severity,
    secondsOpen: Math.max(0, (Date.parse(at) - Date.parse(receivedAt)) / 1_000),
  };
}
