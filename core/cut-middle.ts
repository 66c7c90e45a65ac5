/** The text, at most `length` characters long: where it is longer, its middle gives way to an ellipsis. */
export function cutMiddle(text: string, length: number): string {
  const characters = [...text];
  if (characters.length <= length) return text;
  const kept = Math.max(0, length - 1);
  const head = Math.ceil(kept / 2);
  const tail = kept - head;
  return [...characters.slice(0, head), '…', ...(tail > 0 ? characters.slice(-tail) : [])].join('');
}
