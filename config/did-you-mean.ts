/** How many single-character insertions, deletions and replacements turn `left` into `right`. */
function distance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const current = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/**
 * The one of `known` that somebody who wrote `word` most likely meant: the only one that begins with it, or the closest.
 * @returns undefined when nothing is close: more than a third of the letters, upper or lower case, differ
 */
export function closest(word: string, known: readonly string[]): string | undefined {
  const begun = word.length < 4 ? [] : known.filter((candidate) => candidate.startsWith(word.toLowerCase()));
  if (begun.length === 1) return begun[0];
  const ranked = known
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best && best.edits <= Math.max(1, Math.floor(best.candidate.length / 3))
    ? best.candidate
    : undefined;
}
