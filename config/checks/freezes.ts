import { beginOf, endOf, latestDate } from '../expiry';
import { formatPath, type KeyPath } from '../key-path';
import { mostFreezeDays } from '../schema/freezes';
import { type Inconsistency, objectsAt } from './document';

const dayMilliseconds = 24 * 60 * 60 * 1000;

interface SaidFreeze {
  value: Record<string, unknown>;
  path: KeyPath;
}

/** What is wrong with freezes beyond their single keys: how long they are, and repetitions. One that is over is right. */
export function freezeProblems(document: unknown): Inconsistency[] {
  const freezes = objectsAt(document, 'freezes');
  return [...freezes.flatMap(inOrder), ...repeated(freezes)];
}

function inOrder({ value: { from, to }, path }: SaidFreeze): Inconsistency[] {
  const begin = momentOf(from, beginOf);
  const end = momentOf(to, endOf);
  if (!begin || !end) return [];
  const problem = (message: string) => [{ path: [...path, 'to'], message }];
  if (end <= begin) return problem(`has to lie after from, which is ${from}.`);
  if (end.getTime() - begin.getTime() <= mostFreezeDays * dayMilliseconds) return [];
  // A date holds to the end of its day, so it is one less.
  const latest = latestDate(begin, mostFreezeDays - 1);
  return problem(
    `this freeze is longer than ${mostFreezeDays} days; with from ${from}, ${latest} is the latest date.`,
  );
}

/** The same freeze again, whatever its reason: removing one of the two would look as if it ended the freeze. */
function repeated(freezes: readonly SaidFreeze[]): Inconsistency[] {
  const first = new Map<string, KeyPath>();
  return freezes.flatMap(({ value, path }) => {
    const { from, to, organizationalUnits, accounts } = value;
    const times = [momentOf(from, beginOf) ?? from, momentOf(to, endOf) ?? to];
    const subject = JSON.stringify([times, inAnyOrder(organizationalUnits), inAnyOrder(accounts)]);
    const earlier = first.get(subject);
    if (earlier === undefined) first.set(subject, path);
    return earlier === undefined
      ? []
      : [{ path, message: `freezes the same as ${formatPath(earlier)}; remove one.`, at: 'key' as const }];
  });
}

function momentOf(said: unknown, read: (said: string) => Date | undefined): Date | undefined {
  return typeof said === 'string' ? read(said) : undefined;
}

function inAnyOrder(list: unknown): unknown {
  return Array.isArray(list) ? list.toSorted() : list;
}
