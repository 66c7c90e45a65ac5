import type { CompiledPolicy, PeopleEntry } from '../../config/compiled';
import { rights } from '../../core/right';
import { whereText, whoText } from '../../decision/people-text';
import { changed } from './changed';

/** What a policy would change of who may give which orders, one line each. Pure. */
export function peopleChanges(
  { people: next }: CompiledPolicy,
  { people: before }: CompiledPolicy,
): string[] {
  const [entries, known] = [next?.entries ?? [], before?.entries ?? []];
  return [
    ...missingFrom(known, entries).map((entry) => `people come: ${shortLine(entry)} (${entry.source})`),
    ...missingFrom(entries, known).map((entry) => `people go: ${shortLine(entry)} (${entry.source})`),
    ...changed('take two persons', named(before?.twoPersons), named(next?.twoPersons)),
    ...changed(
      'break-glass',
      named(before?.breakGlass?.who.map(whoText)),
      named(next?.breakGlass?.who.map(whoText)),
    ),
  ];
}

/** So many are named; the policy's line, which is told too, has all. */
const mostNamed = 3;

/** A line that only moved makes no difference. */
function missingFrom(entries: readonly PeopleEntry[], others: readonly PeopleEntry[]): PeopleEntry[] {
  const known = new Set(entries.map(line));
  return others.filter((entry) => !known.has(line(entry)));
}

/** All that an entry says: entries are compared by it. */
function line(entry: PeopleEntry): string {
  return lineOf(entry, entry.who.map(whoText).join(', '));
}

/** For people. */
function shortLine(entry: PeopleEntry): string {
  const more = entry.who.length - mostNamed;
  const named = entry.who.slice(0, mostNamed).map(whoText).join(', ');
  return lineOf(entry, more > 0 ? `${named} and ${more} more` : named);
}

function lineOf(entry: PeopleEntry, who: string): string {
  const isAll = rights.every((right) => entry.may.includes(right));
  return `${who} may ${isAll ? 'do everything' : entry.may.join(', ')} in ${whereText(entry)}`;
}

function named(words: readonly string[] = []): string {
  return words.join(', ') || 'none';
}
