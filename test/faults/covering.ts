/**
 * A sample in which everything still occurs that occurs at all: of some things, in a random order, each that has a trait which
 * none before it has. It grows with the number of traits, and not with that of the things.
 * @param traitsOf what of a thing has to occur
 * @param random numbers from 0 up to 1; the same ones choose the same things
 * @returns the chosen ones, in their own order
 */
export function covering<Thing>(
  things: readonly Thing[],
  traitsOf: (thing: Thing) => readonly string[],
  random: () => number,
): Thing[] {
  const shuffled = things
    .map((thing) => ({ thing, place: random() }))
    .sort((one, other) => one.place - other.place);
  const known = new Set<string>();
  const chosen = new Set<Thing>();
  for (const { thing } of shuffled) {
    const traits = traitsOf(thing);
    if (traits.some((trait) => !known.has(trait))) chosen.add(thing);
    for (const trait of traits) known.add(trait);
  }
  return things.filter((thing) => chosen.has(thing));
}
