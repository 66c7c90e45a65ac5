import type { CompiledPolicy } from '../../config/compiled';
import type { AccountPlace } from '../../config/place';
import type { Cards } from '../../ledger/cards/cards';
import type { DeadLetters } from './dead-letters';
import type { RuleOf } from './select';

/** A message of the notifier's queue. */
export interface IntakeMessage {
  messageId: string;
  /** The event as JSON. */
  body: string;
  receiptHandle: string;
  /** When it came into the queue; milliseconds since the epoch. */
  sentAt: number;
}

/** What the intake works with. */
export interface IntakeParts {
  policy: CompiledPolicy;
  ruleOf: RuleOf;
  cards: Pick<Cards, 'of' | 'create' | 'change' | 'read' | 'announce' | 'supersede'>;
  /** Where an account lies; undefined where that is not known now. */
  placeOf: (accountId: string) => Promise<AccountPlace | undefined>;
  deadLetters: Pick<DeadLetters, 'put'>;
  /** Wakes the poster for a channel. */
  hint: (channel: string) => Promise<void>;
  /** Has a message come back after so many seconds. */
  postpone: (message: IntakeMessage, seconds: number) => Promise<void>;
  log: Record<'info' | 'warn' | 'error', (message: string, details: Record<string, unknown>) => void>;
  now: () => Date;
}
