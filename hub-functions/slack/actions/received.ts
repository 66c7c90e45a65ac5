import { parsedJson } from '../../../core/parsed-json';
import { type ActionMessage, actionMessageSchema } from '../action-message';

/** Thrown for a message that is none of the front function's. */
export class UnreadableMessageError extends Error {
  override readonly name = 'UnreadableMessageError';
}

/** Reads a message of the queue. @throws UnreadableMessageError: it goes to the dead letters in the end */
export function messageOf(body: string): ActionMessage {
  const parsed = actionMessageSchema.safeParse(parsedJson(body));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path }) => path.join('.') || 'the whole').join(', ');
  throw new UnreadableMessageError(`The message cannot be understood; look at ${where}.`);
}
