import { createHash } from 'node:crypto';

/**
 * A UUID that is the same for the same parts: the key of an order that may be given several times and has to count once. In small
 * letters, of the form that `orderKeyPattern` has.
 */
export function keyOf(...parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    // Version 8: made by a rule of one's own. https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8
    `8${digest.slice(13, 16)}`,
    `a${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
