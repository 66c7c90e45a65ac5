import { page } from '../../page';
import { SlackError } from '../errors';
import type { SlackParameters } from '../request-body';

/**
 * One page of a list, as a call asks for it: https://docs.slack.dev/apis/web-api/pagination
 * @throws SlackError where the cursor is not one of these
 */
export function pageOf<T>(
  all: readonly T[],
  { cursor, limit }: SlackParameters,
): { items: T[]; response_metadata: { next_cursor: string } } {
  const size = Number(limit ?? 100);
  const isLimit = Number.isInteger(size) && size >= 1 && size <= 1_000;
  if (!isLimit) throw new SlackError('invalid_limit');
  const token = cursor === '' ? undefined : cursor;
  const { items, next = '' } = page(all, size, token, () => new SlackError('invalid_cursor'));
  return { items, response_metadata: { next_cursor: next } };
}
