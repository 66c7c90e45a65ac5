/**
 * One page of a list.
 * @param token where it begins, as the last page told
 * @returns `next` is absent on the last page
 */
export function pageOf<Entry>(
  entries: readonly Entry[],
  token: string | undefined,
  size: number,
): { page: Entry[]; next?: string } {
  const from = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(from)) throw new Error(`${token} is no token of a page.`);
  const end = from + size;
  return { page: entries.slice(from, end), ...(end < entries.length && { next: String(end) }) };
}
