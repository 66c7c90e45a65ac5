/** A part of an id: fixed text, or `least` to `most` characters of a kind. */
export type IdPart = { text: string } | { characters: RegExp; least: number; most: number };

/** What the ids of a resource type are made of, part after part. */
export type IdForm = readonly IdPart[];

/** What people are told of patterns. */
export const anyCharacters = '* stands for any characters';

/** One character of an id. */
interface Place {
  takes(character: string): boolean;
  isOptional: boolean;
}

/**
 * Whether some id of this form matches a pattern, in which `*` stands for any characters, none among them, and everything
 * else for itself.
 */
export function couldMatch(pattern: string, form: IdForm): boolean {
  const places = form.flatMap(placesOf);
  // After how many places of an id the pattern so far can end; places that may be left out count as passed.
  let reached = passing(new Set([0]), places);
  for (const character of pattern) {
    if (character === '*') {
      const first = Math.min(...reached);
      for (let index = first; index <= places.length; index++) reached.add(index);
      continue;
    }
    const taken = [...reached].filter((index) => places[index]?.takes(character)).map((index) => index + 1);
    reached = passing(new Set(taken), places);
    if (reached.size === 0) return false;
  }
  return reached.has(places.length);
}

/** The text that every id of a form begins with; empty where there is none. */
export function startOf([first]: IdForm): string {
  return first !== undefined && 'text' in first ? first.text : '';
}

function placesOf(part: IdPart): Place[] {
  if ('text' in part) {
    return [...part.text].map((only) => ({ takes: (character) => character === only, isOptional: false }));
  }
  const { characters, least, most } = part;
  return Array.from({ length: most }, (_, index) => ({
    takes: (character) => characters.test(character),
    isOptional: index >= least,
  }));
}

/** Adds what is reached by leaving optional places out. */
function passing(reached: Set<number>, places: readonly Place[]): Set<number> {
  for (const index of [...reached].sort((a, b) => a - b)) {
    for (let next = index; places[next]?.isOptional && !reached.has(next + 1); next++) reached.add(next + 1);
  }
  return reached;
}
