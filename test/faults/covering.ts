/**
 * A sample in which everything still occurs that occurs at all: of some things, in a random order, again and again one that has most
 * of the traits which no chosen one has yet. It grows with the number of traits, and not with that of the things.
 * @param traitsOf what of a thing has to occur
 * @param random numbers from 0 up to 1; the same ones choose the same things
 * @returns the chosen ones, in their own order
 */
export function covering<Thing>(
  things: readonly Thing[],
  traitsOf: (thing: Thing) => readonly string[],
  random: () => number,
): Thing[] {
  const left = things
    .map((thing) => ({ thing, traits: new Set(traitsOf(thing)), place: random() }))
    .sort((one, other) => one.place - other.place);
  const known = new Set<string>();
  const chosen = new Set<Thing>();
  const most = left.reduce((count, { traits }) => Math.max(count, traits.size), 0);
  // What is known only grows, so that none that has fewer new ones now has more of them later.
  for (let count = most; count > 0; count -= 1) {
    for (const { thing, traits } of left) {
      const added = [...traits].filter((trait) => !known.has(trait));
      if (added.length < count) continue;
      chosen.add(thing);
      for (const trait of added) known.add(trait);
    }
  }
  return things.filter((thing) => chosen.has(thing));
}
