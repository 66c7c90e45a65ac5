import { logLines } from '../../core/log-lines';
import { Batch } from './batch';
import { parseEvent, UnusableEventError } from './event';
import type { IntakeMessage, IntakeParts } from './intake-parts';
import { type DropKind, type Note, select } from './select';

/** How the log tells of what is dropped. */
const dropLines: Record<DropKind, { level: 'info' | 'warn'; message: string }> = {
  needless: { level: 'info', message: 'Dropped' },
  forged: { level: 'warn', message: 'Dropped' },
  unreadable: { level: 'warn', message: logLines.unreadableEvent },
};

/**
 * Takes events into cards: what one batch brings of one account and control is one message in the channel. What this version cannot
 * read, and may be a report, becomes a dead letter at once, with its alarm: no later try would read it. A batch may come again, as a whole
 * or in part: what is on a card already changes nothing.
 */
export class Intake {
  constructor(private readonly parts: IntakeParts) {}

  /** @returns the ids of the messages that have to come again */
  async take(messages: readonly IntakeMessage[]): Promise<string[]> {
    const batch = new Batch(this.parts);
    for (const message of messages) await batch.attempt([message], () => this.read(message, batch));
    await batch.takeReports();
    await batch.announce();
    return [...batch.failed];
  }

  private async read(message: IntakeMessage, batch: Batch): Promise<void> {
    const note = await this.noteIn(message.body);
    if (note?.kind === 'report') {
      const place = await this.parts.placeOf(note.report.finding.accountId);
      batch.add(note.report, place, message);
    } else if (note) await batch.takeNote(await this.named(note), message);
  }

  /** AWS Config's events name no accounts. */
  private async named<Told extends Note>(note: Told): Promise<Told> {
    if (note.kind !== 'compliance') return note;
    const accountName = (await this.parts.placeOf(note.change.accountId))?.name;
    return accountName === undefined ? note : { ...note, change: { ...note.change, accountName } };
  }

  private async noteIn(body: string): Promise<Note | undefined> {
    const { policy, ruleOf, deadLetters, log } = this.parts;
    try {
      const event = parseEvent(body);
      const selection = select(event, policy.hub.account, ruleOf);
      if ('note' in selection) return selection.note;
      const { level, message } = dropLines[selection.kind];
      log[level](message, { eventId: event.id, account: event.account, why: selection.dropped });
    } catch (error) {
      if (!(error instanceof UnusableEventError)) throw error;
      await deadLetters.put(body, error.message);
      log.error('A message can never be told, and is a dead letter now', { why: error.message });
    }
    return undefined;
  }
}
