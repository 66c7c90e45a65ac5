/** The account and name of a queue by its URL, or undefined where `value` is not a queue's URL. */
export function queueOfUrl(value: unknown): { accountId: string; name: string } | undefined {
  const [, accountId, name] = typeof value === 'string' ? (/\/(\d{12})\/([^/?]+)$/.exec(value) ?? []) : [];
  return accountId && name ? { accountId, name } : undefined;
}
