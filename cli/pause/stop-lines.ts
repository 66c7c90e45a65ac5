import { utc } from '../../core/utc';
import type { PausedNow } from '../../ledger/limits/paused-now';
import { type Stop, wholeOrganization } from '../../ledger/limits/stop';
import { noNames, type PlaceNames, withNames } from '../../ledger/organization/place-names';
import { printable } from '../../resources/kit/printable';

/** What is paused now, a line each, everything first, and how limits are lifted; nothing where nothing is. Pure. */
export function stopLines(paused: PausedNow, names: PlaceNames = noNames): string[] {
  if ('unreadable' in paused) {
    return [
      `Staunch is stopped everywhere, because its stop switch cannot be read: ${printable(paused.unreadable)}`,
    ];
  }
  const { lifted } = paused;
  const limits =
    lifted &&
    `Up to ${lifted.fixesPerHour} fixes an hour are allowed until ${utc(lifted.until)}, by ${lifted.by}: ${lifted.reason}`;
  const stops = paused.stops
    .toSorted((one, other) => Number(isWhole(other)) - Number(isWhole(one)))
    .map((stop) => {
      const where = isWhole(stop) ? 'everywhere' : `in ${withNames(stop.scope, names)}`;
      const until = stop.until === undefined ? '' : `, until ${utc(stop.until)}`;
      return printable(
        `Staunch is paused ${where} since ${utc(stop.at)}${until}, by ${stop.by}: ${stop.reason}`,
      );
    });
  return [...stops, ...(limits === undefined ? [] : [printable(limits)])];
}

function isWhole({ scope }: Stop): boolean {
  return scope === wholeOrganization;
}
