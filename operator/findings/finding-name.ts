import { UserError } from '../../cli/user-error';
import { closest } from '../../config/did-you-mean';
import { findingId, findingKey } from '../../core/finding';
import type { FindingRecord } from '../../ledger/record';
import { printable } from '../text/printable';

/** What a finding's name is made of. */
type Named = Pick<FindingRecord, 'identity' | 'occurrence'>;

/** So many findings are listed when one was not named well enough. */
const mostListed = 10;

/**
 * The latest occurrence of each finding.
 * @param records in any order
 */
export function latestOccurrences<Record extends Named>(records: readonly Record[]): Record[] {
  const latest = new Map<string, Record>();
  for (const record of records) {
    const key = findingKey(record.identity);
    if ((latest.get(key)?.occurrence ?? 0) < record.occurrence) latest.set(key, record);
  }
  return [...latest.values()];
}

/**
 * The finding that a person named: by its whole name (`account#region#control#resource#occurrence`), without the
 * occurrence for the latest one, or by as much of its end as no other finding has: `sg-0123`, `us-east-1#…#photos#2`.
 * @param records all that the ledger has
 * @throws UserError when none or several are called so; it lists candidates
 */
export function resolveFinding<Record extends Named>(name: string, records: readonly Record[]): Record {
  const latest = new Set(latestOccurrences(records));
  const matches = records.filter((record) => {
    const { identity, occurrence } = record;
    const names = (text: string) => endsOf(text).includes(name);
    return names(findingId(identity, occurrence)) || (latest.has(record) && names(findingKey(identity)));
  });
  const [match, ...others] = matches;
  if (match === undefined) throw new UserError(unknown(name, [...latest]));
  if (others.length === 0) return match;
  throw new UserError(
    `${matches.length} findings are called ${quoted(name)}. Which of them?\n${listed(matches)}`,
  );
}

/**
 * The shortest name of each finding by which `resolveFinding` finds it among the same records. A latest occurrence goes
 * without its number.
 */
export function shortNames<Record extends Named>(records: readonly Record[]): Map<Record, string> {
  const latest = latestOccurrences(records);
  const holders = new Map<string, number>();
  const count = (text: string) => {
    for (const end of endsOf(text)) holders.set(end, (holders.get(end) ?? 0) + 1);
  };
  for (const { identity } of latest) count(findingKey(identity));
  for (const { identity, occurrence } of records) count(findingId(identity, occurrence));
  const isLatest = new Set(latest);
  return new Map(
    records.map((record) => {
      const { identity, occurrence } = record;
      const whole = isLatest.has(record) ? findingKey(identity) : findingId(identity, occurrence);
      const [, ...ends] = endsOf(whole);
      // A bare number names nothing to a reader.
      const short = ends
        .filter((end) => end.includes(identity.resourceId))
        .findLast((end) => holders.get(end) === 1);
      return [record, short ?? whole];
    }),
  );
}

/** Every end of a name that begins with one of its parts; the whole first. */
function endsOf(text: string): string[] {
  const parts = text.split('#');
  return parts.map((_, index) => parts.slice(index).join('#'));
}

function unknown(name: string, latest: readonly Named[]): string {
  const none = `There is no finding ${quoted(name)} in the ledger.`;
  if (latest.length === 0) return `${none} It holds no findings at all.`;
  const near = nearest(name, latest);
  const all = 'staunch findings lists them all.';
  return near.length === 0 ? `${none} ${all}` : `${none} Did you mean\n${listed(near)}\n${all}`;
}

/** Those that have the name in theirs, or else the one whose resource, or whole name, is called nearly so. */
function nearest(name: string, latest: readonly Named[]): Named[] {
  const holding = latest.filter(({ identity }) => findingKey(identity).includes(name));
  if (holding.length > 0) return holding;
  const meant =
    closest(
      name,
      latest.map(({ identity }) => identity.resourceId),
    ) ??
    closest(
      name,
      latest.map(({ identity, occurrence }) => findingId(identity, occurrence)),
    );
  return latest.filter(
    ({ identity, occurrence }) => identity.resourceId === meant || findingId(identity, occurrence) === meant,
  );
}

function listed(records: readonly Named[]): string {
  const lines = records
    .slice(0, mostListed)
    .map(({ identity, occurrence }) => `  ${printable(findingId(identity, occurrence))}`);
  const more = records.length - lines.length;
  return [...lines, ...(more > 0 ? [`  … and ${more} more`] : [])].join('\n');
}

function quoted(name: string): string {
  return `"${printable(name)}"`;
}
