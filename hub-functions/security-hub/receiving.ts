import type { FindingEvent } from '../../core/finding-event';
import { findingEventIn } from './event';
import { type ImportingParts, importEvents } from './importing';

/** What receiving takes. */
export interface ReceivingParts extends ImportingParts {
  log: Record<'info' | 'warn' | 'error', (message: string, details: Record<string, unknown>) => void>;
}

/** A message of the queue. */
export interface Message {
  messageId: string;
  body: string;
}

/**
 * Imports what a batch of messages tells.
 * @returns ids of the messages that have to come again: what cannot be read, and whose finding was not imported
 */
export async function receive(parts: ReceivingParts, messages: readonly Message[]): Promise<string[]> {
  const { log, place } = parts;
  const failed: string[] = [];
  const fail = (messageId: string, error: unknown) => {
    log.error('A change could not be imported', { messageId, error: String(error) });
    failed.push(messageId);
  };
  const read: { messageId: string; event: FindingEvent }[] = [];
  for (const { messageId, body } of messages) {
    try {
      read.push({ messageId, event: findingEventIn(body, place.account) });
    } catch (error) {
      fail(messageId, error);
    }
  }
  const events = read.map(({ event }) => event);
  const results = await importEvents(parts, events).catch((error: unknown) => events.map(() => error));
  for (const [index, { messageId }] of read.entries()) {
    if (results[index] !== undefined) fail(messageId, results[index]);
  }
  return failed;
}
