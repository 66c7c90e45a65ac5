/** A part of an id: fixed text, or `least` to `most` characters of a kind. */
export type IdPart = { text: string } | { characters: RegExp; least: number; most: number };

/** What the ids of a resource type are made of, part after part. */
export type IdForm = readonly IdPart[];

/** What people are told of patterns. */
export const anyCharacters = '* stands for any characters';

/** Whether a character may stand at a place of an id; places of the same part share it. */
type Takes = (character: string) => boolean;

/** One character of an id. */
interface Place {
  takes: Takes;
  isOptional: boolean;
}

const known = new WeakMap<IdForm, readonly Place[]>();

/**
 * Whether some id of this form matches a pattern, in which `*` stands for any characters, none among them, and everything
 * else for itself.
 */
export function couldMatch(pattern: string, form: IdForm): boolean {
  const places = known.get(form) ?? form.flatMap(placesOf);
  known.set(form, places);
  // Whether the pattern so far can end after so many places of an id; places that may be left out count as passed.
  let reached = passing([true], places);
  for (const character of pattern) {
    if (character === '*') {
      const first = reached.indexOf(true);
      reached = Array.from({ length: places.length + 1 }, (_, index) => index >= first);
      continue;
    }
    reached = passing(taking(character, reached, places), places);
    if (!reached.includes(true)) return false;
  }
  return reached[places.length] === true;
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
  const takes: Takes = (character) => characters.test(character);
  return Array.from({ length: most }, (_, index) => ({ takes, isOptional: index >= least }));
}

/** What is reached by one more character. */
function taking(character: string, reached: readonly boolean[], places: readonly Place[]): boolean[] {
  const next = new Array<boolean>(places.length + 1).fill(false);
  let asked: Takes | undefined;
  let isTaken = false;
  for (let index = reached.indexOf(true); index < places.length; index++) {
    if (!reached[index]) continue;
    const takes = places[index]?.takes;
    if (takes !== asked) isTaken = takes?.(character) === true;
    asked = takes;
    next[index + 1] = isTaken;
  }
  return next;
}

/** Adds what is reached by leaving optional places out. */
function passing(reached: boolean[], places: readonly Place[]): boolean[] {
  for (let index = Math.max(0, reached.indexOf(true)); index < places.length; index++) {
    if (reached[index] && places[index]?.isOptional) reached[index + 1] = true;
  }
  return reached;
}
