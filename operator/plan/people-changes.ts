import type { CompiledPolicy, PeopleEntry } from '../../config/compiled';
import { whereText, whoText } from '../../decision/people-text';
import { changed } from './changed';

/** What a policy would change of who may give which orders, one line each. Pure. */
export function peopleChanges(
  { people: next }: CompiledPolicy,
  { people: before }: CompiledPolicy,
): string[] {
  const [entries, known] = [next?.entries ?? [], before?.entries ?? []];
  return [
    ...missingFrom(known, entries).map((entry) => `people come: ${line(entry)} (${entry.source})`),
    ...missingFrom(entries, known).map((entry) => `people go: ${line(entry)} (${entry.source})`),
    ...changed('take two persons', named(before?.twoPersons), named(next?.twoPersons)),
    ...changed(
      'break-glass',
      named(before?.breakGlass?.who.map(whoText)),
      named(next?.breakGlass?.who.map(whoText)),
    ),
  ];
}

/** A line that only moved makes no difference. */
function missingFrom(entries: readonly PeopleEntry[], others: readonly PeopleEntry[]): PeopleEntry[] {
  const known = new Set(entries.map(line));
  return others.filter((entry) => !known.has(line(entry)));
}

function line(entry: PeopleEntry): string {
  return `${entry.who.map(whoText).join(', ')} may ${entry.may.join(', ')} in ${whereText(entry)}`;
}

function named(words: readonly string[] = []): string {
  return words.join(', ') || 'none';
}
