/** Path of keys and list indexes from the top of a document. */
export type KeyPath = readonly PropertyKey[];

/** `hub.region`, `regions[1]`; the empty string for the document as a whole. */
export function formatPath(path: KeyPath): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}
