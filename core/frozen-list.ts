import { createHash } from 'node:crypto';

const digestLength = 16;

/** What `listDigest` and `nameInList` give. */
export const listDigestPattern = /^[0-9a-f]{16}$/;

/** An occurrence in a list, in short, so that the longest list of an account fits into an item of the ledger. */
export function nameInList({ finding, record }: { finding: string; record: string }): string {
  return shortOf(`${finding} ${record}`);
}

/**
 * A list in short: whoever orders something of it means what he was shown.
 * @param names as `nameInList` gives them, in any order
 */
export function listDigest(names: readonly string[]): string {
  return shortOf([...new Set(names)].sort().join('\n'));
}

function shortOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digestLength);
}
