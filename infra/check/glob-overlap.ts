/**
 * Whether some text matches both patterns, in which `*` stands for any characters.
 * @param one for example `arn:*:s3:::*`
 */
export function overlaps(one: string, other: string): boolean {
  // Which beginnings of `other` can stand beside the beginning of `one` that was read so far.
  let beside = closure(new Set([0]), other);
  for (const character of one) {
    const next = new Set<number>();
    for (const at of beside) {
      if (character === '*') for (let to = at; to <= other.length; to += 1) next.add(to);
      else if (other[at] === '*') next.add(at);
      else if (other[at] === character) next.add(at + 1);
    }
    beside = closure(next, other);
  }
  return beside.has(other.length);
}

/** With what follows where a `*` stands for nothing. */
function closure(places: Set<number>, pattern: string): Set<number> {
  for (const at of places) if (pattern[at] === '*') places.add(at + 1);
  return places;
}
