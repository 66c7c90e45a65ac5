/** So many are named in one line. */
const mostNamed = 5;

/** Some things in one line: the first few, and how many more there are. */
export function listed(parts: readonly string[]): string {
  const more = parts.length > mostNamed ? ` and ${parts.length - mostNamed} more` : '';
  return `${parts.slice(0, mostNamed).join(', ')}${more}`;
}
