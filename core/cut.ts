/**
 * A text, at most `length` UTF-16 code units long, with `ending` where it was cut. Never half a character stays: DynamoDB and AWS
 * Config take no text with half a surrogate pair, and where one is in the text already, U+FFFD stands for it.
 */
export function cut(text: string, length: number, ending = '…'): string {
  if (text.length <= length) return wellFormed(text);
  const kept = text.slice(0, Math.max(0, length - ending.length));
  return `${wellFormed(kept.replace(/[\uD800-\uDBFF]$/, ''))}${ending}`;
}

/** With the `u` flag only half a pair matches. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
