/** How deeply a resource may be nested. Nothing of AWS comes near it, and what reads a resource recurses with it. */
const mostLevels = 500;

/** Whether a value, or JSON text in it, is nested so deeply that reading it could exhaust the stack. */
export function isTooDeep(value: unknown): boolean {
  return isBelow(value, 0);
}

/** It recurses no further than resources may be nested. */
function isBelow(value: unknown, level: number): boolean {
  if (typeof value === 'string') return levelsOfText(value) > mostLevels;
  if (typeof value !== 'object' || value === null) return false;
  if (level >= mostLevels) return true;
  for (const key in value) {
    if (isBelow((value as Record<string, unknown>)[key], level + 1)) return true;
  }
  return false;
}

/** How many brackets are open at once in a text, those in its strings counted along. */
function levelsOfText(text: string): number {
  // So many brackets take as many characters.
  if (text.length <= mostLevels) return 0;
  let open = 0;
  let most = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x5b || code === 0x7b) {
      open += 1;
      if (open > most) most = open;
    } else if ((code === 0x5d || code === 0x7d) && open > 0) open -= 1;
  }
  return most;
}
