import { type Stop, wholeOrganization } from '../../hub-functions/ledger/stop-switch';
import { minute } from '../minute';
import { printable } from '../printable';

/** What is paused, a line each, everything first; nothing where nothing is. Pure. */
export function stopLines(stops: readonly Stop[]): string[] {
  return [...stops]
    .sort((one, other) => Number(isWhole(other)) - Number(isWhole(one)))
    .map((stop) =>
      printable(
        `${isWhole(stop) ? 'Staunch is paused everywhere' : `Staunch is paused in ${stop.scope}`} since ${minute(stop.at)} UTC, by ${stop.by}: ${stop.reason}`,
      ),
    );
}

function isWhole({ scope }: Stop): boolean {
  return scope === wholeOrganization;
}
