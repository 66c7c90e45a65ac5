import { cut } from './cut';

/** A resource's tags, as AWS answers them. */
export type AwsTags = readonly { Key?: string | undefined; Value?: string | undefined }[];

/**
 * AWS's limits of a tag, and of how many a resource has:
 * https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices
 */
const longestKey = 128;
const longestValue = 256;
const mostTags = 50;

/**
 * So many bytes all the tags of a finding may take: they stand in its record and in each of its reports, and an item of the ledger has
 * 400 kB. Twenty of the longest fit.
 */
const mostBytes = 8_000;

/** A resource's tags by their keys, bounded as AWS bounds them. What is longer is no tag of AWS's, and is cut or left out. */
export function tagsByKey(tags: AwsTags): Record<string, string> {
  const known = tags.flatMap(({ Key, Value = '' }) =>
    Key === undefined || Key.length > longestKey ? [] : [[Key, cut(Value, longestValue, '')] as const],
  );
  return Object.fromEntries(known.slice(0, mostTags));
}

/**
 * Those of a resource's tags that somebody asked for, in that order, as far as they fit. Their owners wrote them: escape them where
 * they are shown.
 * @param tags as a function that reads strangers' text has answered them
 */
export function tagsNamed(
  tags: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> {
  let bytes = 0;
  const named = [...new Set(names)].flatMap((name) => {
    const value = Object.hasOwn(tags, name) ? tags[name] : undefined;
    if (value === undefined || name.length > longestKey) return [];
    const tag = [name, cut(value, longestValue, '')] as const;
    const more = Buffer.byteLength(JSON.stringify(tag));
    if (bytes + more > mostBytes) return [];
    bytes += more;
    return [tag];
  });
  return Object.fromEntries(named.slice(0, mostTags));
}

/** The owner that a resource's tags name: the first tag of those that name one, and says something. */
export function ownerIn(
  tags: Readonly<Record<string, string>>,
  ownerTags: readonly string[],
): string | undefined {
  return ownerTags
    .map((name) => (Object.hasOwn(tags, name) ? tags[name]?.trim() : undefined))
    .find((owner) => owner);
}
