/**
 * So many units one operation on a stack set takes, whether it creates, updates or deletes:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackInstances.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackInstances.html
 */
export const unitsAtOnce = 50;

/**
 * Splits what operations on one stack set work on, so that AWS takes each of them: it refuses the whole of one that names too many
 * units. What lies in the same units stays together. Pure.
 * @param items in the order in which those of the same units follow each other
 * @param unitsOf the units of one, which has no more than an operation takes
 * @param most so many items are in one operation
 */
export function targetChunks<Item>(
  items: readonly Item[],
  unitsOf: (item: Item) => readonly string[],
  most: number,
): Item[][] {
  const byUnits = items
    .map((item) => ({ item, units: [...new Set(unitsOf(item))].sort() }))
    .sort((one, other) => compare(one.units.join(' '), other.units.join(' ')));
  const chunks: Item[][] = [];
  let units = new Set<string>();
  for (const { item, units: own } of byUnits) {
    const last = chunks.at(-1);
    const together = new Set([...units, ...own]);
    if (last !== undefined && last.length < most && together.size <= unitsAtOnce) {
      last.push(item);
      units = together;
    } else {
      chunks.push([item]);
      units = new Set(own);
    }
  }
  return chunks;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
