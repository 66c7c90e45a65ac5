import { gunzipSync, gzipSync } from 'node:zlib';

/**
 * So many bytes of text are kept in an item beside its names and what is short: the whole may have 400 kB, and DynamoDB refuses a
 * larger one each time.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export const mostBytes = 380_000;

/**
 * As many values from the beginning of a list as have room, as JSON text. Pure.
 * @param most so many at the most
 * @param bytes so many at the most
 * @returns the text, and whether all are in it
 */
export function keptList(
  values: readonly object[],
  most: number,
  bytes = mostBytes,
): { text: string; isWhole: boolean } {
  const kept: string[] = [];
  let left = bytes - 2;
  for (const value of values.slice(0, most)) {
    const text = JSON.stringify(value);
    left -= Buffer.byteLength(text) + 1;
    if (left < 0) break;
    kept.push(text);
  }
  return { text: `[${kept.join(',')}]`, isWhole: kept.length === values.length };
}

/**
 * A list of keys as text: JSON, and compressed where that has no room. What has none even so is left out from the end. Pure.
 * @param bytes so many at the most
 */
export function packedKeys(keys: readonly string[], bytes = mostBytes): string {
  const text = JSON.stringify(keys);
  if (Buffer.byteLength(text) <= bytes) return text;
  const compressed = gzipSync(text).toString('base64');
  return compressed.length <= bytes ? compressed : packedKeys(keys.slice(0, keys.length >> 1), bytes);
}

/**
 * What `packedKeys` has made JSON of.
 * @throws where the text is none of it
 */
export function unpackedKeys(text: string): unknown {
  return JSON.parse(text.startsWith('[') ? text : gunzipSync(Buffer.from(text, 'base64')).toString('utf8'));
}
