import { ConfigError } from './config-error';

/**
 * One page of a list.
 *
 * @param token from the page before; it holds the position, in base64
 * @throws ConfigError `InvalidNextTokenException` when the token is not one of these
 */
export function page<T>(all: readonly T[], limit: number, token: unknown): { items: T[]; next?: string } {
  const start = token === undefined ? 0 : Number(Buffer.from(String(token), 'base64url').toString());
  if (!Number.isInteger(start) || start < 0) {
    throw new ConfigError('InvalidNextTokenException', 'The specified next token is not valid.');
  }
  const end = start + limit;
  return {
    items: all.slice(start, end),
    ...(end < all.length ? { next: Buffer.from(String(end)).toString('base64url') } : {}),
  };
}
