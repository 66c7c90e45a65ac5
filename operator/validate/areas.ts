import type { PeopleEntry } from '../../config/compiled';
import { isUnitPath, rootIdPattern, rootPath } from '../../config/formats';
import { accountIdPattern } from '../../core/finding';

/** What the policy says by one of its lines: of everything else, of a unit with all that lies in it, or of an account. */
export type SaidPlace = 'default' | { unit: string } | { account: string };

/** Without the organization, it often cannot be told whether one place lies in another. */
export type Told = 'yes' | 'no' | 'unknown';

type Where = PeopleEntry['where'];

/** Whether an entry of people counts for the whole of a place, as far as the policy alone tells. Controls do not matter here. Pure. */
export function countsFor(where: Where, place: SaidPlace): Told {
  const { organizationalUnits = [], accounts = [] } = where ?? {};
  if (organizationalUnits.length + accounts.length === 0 || organizationalUnits.some(isRoot)) return 'yes';
  if (place === 'default') return 'unknown';
  const told =
    'unit' in place
      ? [
          ...organizationalUnits.map((key) => unitInUnit(place.unit, key)),
          // It may be all that lies in the unit.
          ...accounts.map((): Told => 'unknown'),
        ]
      : [
          ...organizationalUnits.map((): Told => 'unknown'),
          ...accounts.map((key) => sameAccount(place.account, key)),
        ];
  return best(told);
}

/** Whether there may be anything for which two entries count. Pure. */
export function mayMeet(one: Where, other: Where): boolean {
  if (one?.controls && other?.controls && !one.controls.some((id) => other.controls?.includes(id)))
    return false;
  const [places, others] = [placesOf(one), placesOf(other)];
  if (places.length === 0) return true;
  return (
    places.some((place) => countsFor(other, place) !== 'no') ||
    others.some((place) => countsFor(one, place) !== 'no')
  );
}

function placesOf({ organizationalUnits = [], accounts = [] }: NonNullable<Where> = {}): SaidPlace[] {
  return [...organizationalUnits.map((unit) => ({ unit })), ...accounts.map((account) => ({ account }))];
}

function best(told: readonly Told[]): Told {
  if (told.includes('yes')) return 'yes';
  return told.includes('unknown') ? 'unknown' : 'no';
}

function isRoot(key: string): boolean {
  return key === rootPath || rootIdPattern.test(key);
}

/** Paths tell of each other what ids do not. What lies above a unit, or in it, may still be all that there is. */
function unitInUnit(inner: string, outer: string): Told {
  if (inner === outer) return 'yes';
  if (isRoot(inner) || !isUnitPath(inner) || !isUnitPath(outer)) return 'unknown';
  if (inner.startsWith(`${outer}/`)) return 'yes';
  return outer.startsWith(`${inner}/`) ? 'unknown' : 'no';
}

/** Names are those of one account each; an id and a name may be of the same. */
function sameAccount(one: string, other: string): Told {
  if (one === other) return 'yes';
  return accountIdPattern.test(one) === accountIdPattern.test(other) ? 'no' : 'unknown';
}
