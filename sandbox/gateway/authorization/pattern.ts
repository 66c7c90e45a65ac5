/** A pattern, or literal text, cut into literal characters and wildcards. */
export type PatternToken = { literal: string } | { wildcard: '*' | '?' };

/** Cuts text in which `*` and `?` are wildcards. */
export function tokensOf(pattern: string): PatternToken[] {
  return [...pattern].map((character) =>
    character === '*' || character === '?' ? { wildcard: character } : { literal: character },
  );
}

/** Whether `text` matches the whole pattern: `*` stands for any characters, also none; `?` for exactly one. */
export function matchesTokens(pattern: readonly PatternToken[], text: string): boolean {
  let position = 0;
  let token = 0;
  let starToken = -1;
  let starPosition = 0;
  while (position < text.length) {
    const current = pattern[token];
    if (current && 'wildcard' in current && current.wildcard === '*') {
      starToken = token++;
      starPosition = position;
    } else if (current && ('wildcard' in current || current.literal === text[position])) {
      token++;
      position++;
    } else if (starToken >= 0) {
      token = starToken + 1;
      position = ++starPosition;
    } else {
      return false;
    }
  }
  return pattern.slice(token).every((rest) => 'wildcard' in rest && rest.wildcard === '*');
}

/** Whether `text` matches a pattern with the wildcards `*` and `?`. */
export function matchesPattern(pattern: string, text: string): boolean {
  return matchesTokens(tokensOf(pattern), text);
}
