/** How deeply a resource may be nested. Nothing of AWS comes near it, and what reads a resource recurses with it. */
const mostLevels = 500;

/** Whether a value, or JSON text in it, is nested so deeply that reading it could exhaust the stack. */
export function isTooDeep(value: unknown): boolean {
  const waiting = [{ value, level: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { level } = next;
    if (typeof next.value === 'string' && levelsOfText(next.value) > mostLevels) return true;
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (level >= mostLevels) return true;
    for (const inner of Object.values(next.value)) waiting.push({ value: inner, level: level + 1 });
  }
  return false;
}

/** How many brackets are open at once in a text, those in its strings counted along. */
function levelsOfText(text: string): number {
  let open = 0;
  let most = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = bracket === '[' || bracket === '{' ? open + 1 : Math.max(0, open - 1);
    most = Math.max(most, open);
  }
  return most;
}
