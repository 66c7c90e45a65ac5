import { noNames, type PlaceNames, withNames } from '../../ledger/place-names';
import { activeStops, type Stop, wholeOrganization } from '../../ledger/stop-switch';
import { minute } from '../../operator/text/minute';
import { printable } from '../../operator/text/printable';

/** What is paused now, a line each, everything first; nothing where nothing is. Pure. */
export function stopLines(stops: readonly Stop[], now: Date, names: PlaceNames = noNames): string[] {
  return activeStops(stops, now)
    .sort((one, other) => Number(isWhole(other)) - Number(isWhole(one)))
    .map((stop) => {
      const where = isWhole(stop) ? 'everywhere' : `in ${withNames(stop.scope, names)}`;
      const until = stop.until === undefined ? '' : `, until ${minute(stop.until)} UTC`;
      return printable(
        `Staunch is paused ${where} since ${minute(stop.at)} UTC${until}, by ${stop.by}: ${stop.reason}`,
      );
    });
}

function isWhole({ scope }: Stop): boolean {
  return scope === wholeOrganization;
}
