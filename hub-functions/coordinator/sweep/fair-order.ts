/**
 * Puts things in turns by whom they belong to: the first of each, then the second of each, and so on, each one's own in
 * their order. So nobody waits behind all of somebody else's.
 * @param owner whom a thing belongs to
 */
export function fairly<Thing>(things: readonly Thing[], owner: (thing: Thing) => string): Thing[] {
  const turns = new Map<string, number>();
  return things
    .map((thing) => {
      const turn = turns.get(owner(thing)) ?? 0;
      turns.set(owner(thing), turn + 1);
      return { thing, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ thing }) => thing);
}
