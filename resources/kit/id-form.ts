/** What the ids of a resource type are made of: `start`, then `least` to `most` characters. */
export interface IdForm {
  start: string;
  /** The first and the last of the characters. */
  edge: RegExp;
  /** Those between. */
  inner: RegExp;
  least: number;
  most: number;
}

/**
 * Whether some id of this form matches a pattern, in which `*` stands for any characters, none among them, and everything
 * else for itself.
 */
export function couldMatch(pattern: string, form: IdForm): boolean {
  const { start, least, most } = form;
  const longest = start.length + most;
  // How many characters of an id the pattern so far can stand for, and whether an id may end with the last of them.
  let reached = new Map([[0, false]]);
  for (const character of pattern) {
    reached = character === '*' ? anyMore(reached, longest) : oneMore(reached, character, form);
  }
  return [...reached].some(([length, mayEnd]) => mayEnd && length >= start.length + least);
}

function anyMore(reached: ReadonlyMap<number, boolean>, longest: number): Map<number, boolean> {
  const more = new Map(reached);
  // What the asterisk itself stands for may be a character that an id ends with.
  for (let length = Math.min(...reached.keys()) + 1; length <= longest; length++) more.set(length, true);
  return more;
}

function oneMore(
  reached: ReadonlyMap<number, boolean>,
  character: string,
  { start, edge, inner, most }: IdForm,
): Map<number, boolean> {
  const fits = (length: number): boolean => {
    if (length < start.length) return start[length] === character;
    return length < start.length + most && (length === start.length ? edge : inner).test(character);
  };
  const lengths = [...reached.keys()].filter(fits);
  return new Map(lengths.map((length) => [length + 1, edge.test(character)]));
}
