/**
 * Whether a pattern means a resource. `*` stands for any characters, none among them; everything else for itself. It searches
 * forward only, so that no pattern makes it slow.
 * @param pattern for the whole of the id
 */
export function matchesResource(pattern: string, resourceId: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === resourceId;
  if (!resourceId.startsWith(first)) return false;
  let position = first.length;
  for (const part of rest) {
    const found = resourceId.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return resourceId.length - last.length >= position && resourceId.endsWith(last);
}
