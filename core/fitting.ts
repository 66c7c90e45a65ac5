/**
 * The first items of a list, as many as take no more than so many bytes together as JSON. Nothing after one that does not fit stays: what
 * is left out is the end.
 */
export function fitting<Item>(items: readonly Item[], maximumBytes: number): Item[] {
  let bytes = 0;
  const past = items.findIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    return bytes > maximumBytes;
  });
  return past < 0 ? [...items] : items.slice(0, past);
}
