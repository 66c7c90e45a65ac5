/**
 * One page of a list.
 *
 * @param token from the page before; it holds the position, in base64
 * @throws what `invalidToken` makes, when the token is not one of these
 */
export function page<T>(
  all: readonly T[],
  limit: number,
  token: unknown,
  invalidToken: () => Error,
): { items: T[]; next?: string } {
  const start = token === undefined ? 0 : Number(Buffer.from(String(token), 'base64url').toString());
  if (!Number.isInteger(start) || start < 0) throw invalidToken();
  const end = start + limit;
  return {
    items: all.slice(start, end),
    ...(end < all.length ? { next: Buffer.from(String(end)).toString('base64url') } : {}),
  };
}
