import { closest } from '../../config/did-you-mean';
import { findingId, findingKey } from '../../core/finding';
import type { FindingRecord } from '../../ledger/findings/record';
import { printable } from '../../resources/kit/printable';
import { OperatorError } from '../errors';

/** What a finding's name is made of. */
type Named = Pick<FindingRecord, 'identity' | 'occurrence'>;

/** Thrown for a name that no finding has. */
export class UnknownFindingError extends OperatorError {
  override readonly name = 'UnknownFindingError';

  /**
   * @param near findings that may be meant, a line each
   * @param ledgerIsEmpty whether there is no finding to be seen at all
   */
  constructor(
    named: string,
    readonly near: readonly string[],
    readonly ledgerIsEmpty: boolean,
  ) {
    const none = `There is no finding ${quoted(named)}.`;
    const candidates = near.length > 0 ? ` Did you mean\n${near.join('\n')}` : '';
    super(ledgerIsEmpty ? `${none} You see no findings at all.` : `${none}${candidates}`);
  }
}

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
 * occurrence for the latest one, or by as much of its end as no other finding has: `sg-0123`, `us-east-1#s3-public-access#photos#2`.
 * A narrow terminal shows `policy-p…0991635`, and that is understood as well.
 * @param records all that the ledger has
 * @throws UnknownFindingError when none is called so
 * @throws OperatorError that lists them when several are
 */
export function resolveFinding<Record extends Named>(name: string, records: readonly Record[]): Record {
  const latest = new Set(latestOccurrences(records));
  const matches = records.filter((record) => {
    const { identity, occurrence } = record;
    const names = (text: string) => endsOf(text).some((end) => isCalled(end, name));
    return names(findingId(identity, occurrence)) || (latest.has(record) && names(findingKey(identity)));
  });
  const [match, ...others] = matches;
  if (match === undefined) {
    const all = [...latest];
    throw new UnknownFindingError(name, listed(nearest(name, all)), all.length === 0);
  }
  if (others.length === 0) return match;
  throw new OperatorError(
    `${matches.length} findings are called ${quoted(name)}. Which of them?\n${listed(matches).join('\n')}`,
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

/** Whether a name is this one, or this one with an ellipsis in place of its middle. */
function isCalled(whole: string, name: string): boolean {
  const [head = '', tail, ...more] = name.split('…');
  if (tail === undefined || more.length > 0) return whole === name;
  return whole.length > head.length + tail.length && whole.startsWith(head) && whole.endsWith(tail);
}

/** Every end of a name that begins with one of its parts; the whole first. */
function endsOf(text: string): string[] {
  const parts = text.split('#');
  return parts.map((_, index) => parts.slice(index).join('#'));
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

/** At most so many, a line each, and how many more there are. */
function listed(records: readonly Named[]): string[] {
  const lines = records
    .slice(0, mostListed)
    .map(({ identity, occurrence }) => `  ${printable(findingId(identity, occurrence))}`);
  const more = records.length - lines.length;
  return [...lines, ...(more > 0 ? [`  … and ${more} more`] : [])];
}

function quoted(name: string): string {
  return `"${printable(name)}"`;
}
