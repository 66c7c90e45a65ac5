import type { OutboxEntry } from '../../../ledger/cards/outbox';
import { RecordError } from '../../../ledger/table/errors';
import type { PosterParts } from './parts';

/**
 * Does something for a card. One that cannot be read becomes a dead letter, with its alarm: nothing else in the channel waits for it.
 * @throws whatever the work throws beside
 */
export async function orSetAside(
  entry: OutboxEntry,
  { deadLetters, outbox, log }: Pick<PosterParts, 'deadLetters' | 'outbox' | 'log'>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    const { channel, cardId } = entry;
    log.error('A card cannot be read, and is a dead letter now', { channel, card: cardId });
    await deadLetters.put(JSON.stringify({ channel, card: cardId }), error.message);
    await outbox.done(entry);
  }
}
