import { findingId } from '../../../core/finding';
import { operator } from '../../support/orderers';
import { uuidFrom } from '../hub-parts';
import { randomFrom } from '../random';
import { Flood, type FloodSizes, inFlood } from './flood';

/** What is to be seen of a flood. */
export interface Seen {
  /** Turns of the sweep until every real finding is decided. */
  turns: number;
  /** Messages about the forged ones, of all kinds. */
  aboutForged: number;
  /** Real findings of which people heard anything but what became of each, once. */
  toldWrongly: string[];
  /** How many of the forged ones are in each state. */
  forged: Record<string, number>;
  /** Sessions that were asked for in the account that has no roles. */
  refused: number;
}

/** All findings arrive while everything is paused, so that the sweep has to fix all the real ones; then a day passes. */
export function floodWhilePaused(sizes: FloodSizes): Promise<Seen> {
  const flood = new Flood(sizes);
  const own = 'held,fixed';
  const random = randomFrom(1);
  return inFlood(flood, async () => {
    const common = { version: 2, scope: 'organization' } as const;
    await flood.hub.order({ ...common, key: uuidFrom(random), order: 'pause', reason: 'A test' }, operator);
    await flood.arrive();
    await flood.hub.order({ ...common, key: uuidFrom(random), order: 'resume' }, operator);
    const turns = await flood.turnsUntilDecided();
    if (sizes.forged > 0) for (let hour = 0; hour < 24; hour += 1) await flood.hub.goOn(60);
    return { turns, ...seenOf(flood, own) };
  });
}

/** All findings arrive, and the real ones are told at once. */
export function floodAtOnce(sizes: FloodSizes): Promise<Seen> {
  const flood = new Flood(sizes, 'off');
  return inFlood(flood, async () => {
    await flood.arrive();
    return { turns: await flood.turnsUntilDecided(), ...seenOf(flood, 'reported') };
  });
}

/** @param own what people should hear of each real one, in its order */
function seenOf(flood: Flood, own: string): Omit<Seen, 'turns'> {
  const bare = flood.forged[0]?.accountId ?? 'none';
  const real = new Map(flood.real.map((identity) => [findingId(identity, 1), [] as string[]]));
  const others: string[] = [];
  for (const { finding, occurrence, state } of flood.reports) {
    const heard = real.get(findingId(finding, occurrence));
    if (heard) heard.push(state);
    else others.push(findingId(finding, occurrence));
  }
  const notices = flood.notices.filter((notice) => JSON.stringify(notice).includes(bare));
  const sessions = flood.aws.calls.made.filter(
    ({ command, input }) => command === 'AssumeRole' && JSON.stringify(input).includes(bare),
  );
  return {
    aboutForged: others.length + notices.length,
    toldWrongly: [...real].flatMap(([id, heard]) =>
      heard.join() === own ? [] : [`${id}: ${heard.join() || 'nothing'}`],
    ),
    forged: flood.statesOf(flood.forged),
    refused: sessions.length,
  };
}

/**
 * Both floods, with forged findings and without.
 * @returns what is wrong
 */
export async function besideForged(sizes: FloodSizes): Promise<string[]> {
  const alone = await floodWhilePaused({ ...sizes, forged: 0 });
  const paused = await floodWhilePaused(sizes);
  const atOnce = await floodAtOnce(sizes);
  process.stdout.write(
    `${sizes.forged} forged beside ${sizes.real} real: ${paused.turns} turns, ${alone.turns} without; ${paused.aboutForged} messages and ${paused.refused} calls about the forged in a day\n`,
  );
  const isWrong = (what: string, is: boolean) => (is ? [what] : []);
  return [
    ...[alone, paused, atOnce].flatMap(({ toldWrongly }) => toldWrongly),
    ...isWrong(`${paused.turns} turns, and ${alone.turns} without`, paused.turns !== alone.turns),
    ...isWrong(`${atOnce.turns} turns for what is told at once`, atOnce.turns > 0),
    ...[paused, atOnce].flatMap(({ aboutForged, refused, forged }) => [
      ...isWrong(`${aboutForged} messages about the forged ones`, aboutForged > 60),
      ...isWrong(`${refused} calls about the forged ones`, refused > 30),
      ...isWrong('Some of the forged ones were dropped.', 'none' in forged),
    ]),
  ];
}
