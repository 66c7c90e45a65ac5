import { cut } from '../../core/cut';
import { printable } from '../../resources/kit/printable';
import { OperatorError } from '../errors';
import { connectionCode } from '../hub/hub-error';

/** What was read, or AWS's words where it could not be: what cannot be read is unknown. */
export type Reading<Value> = { read: Value } | { unread: string };

/** Longer words of AWS are cut; they are only told. */
const longestWords = 400;

/**
 * What AWS answers, or why it does not.
 * @throws what is no error of AWS, its client or the network, but a bug
 */
export async function reading<Value>(question: () => Promise<Value>): Promise<Reading<Value>> {
  try {
    return { read: await question() };
  } catch (error) {
    return { unread: unreadWords(error) };
  }
}

/**
 * What comes of work with AWS.
 * @throws OperatorError with AWS's words where it refuses, or gives no answer; what the work throws besides
 */
export async function answered<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(
      `AWS refused, or gave no answer: ${unreadWords(error)}\nCalled again, it goes on where it stopped.`,
    );
  }
}

/**
 * AWS's words, printable and cut.
 * @throws the error itself, where it is none of AWS, its client or the network
 */
export function unreadWords(error: unknown): string {
  if (!(error instanceof Error) || !isOfAws(error)) throw error;
  return cut(printable(`${error.name}: ${error.message}`), longestWords);
}

/** The names are the SDK's own, for credentials that it does not find and answers that do not come. */
function isOfAws(error: Error): boolean {
  return (
    '$metadata' in error ||
    ['CredentialsProviderError', 'TokenProviderError', 'TimeoutError'].includes(error.name) ||
    connectionCode(error) !== undefined
  );
}

/** Something that follows from what was read; what was not read stays so. */
export function mapped<Value, Next>(of: Reading<Value>, next: (value: Value) => Next): Reading<Next> {
  return 'read' in of ? { read: next(of.read) } : of;
}
