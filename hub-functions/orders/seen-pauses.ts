import { accountIdPattern } from '../../core/finding';
import { type PausedNow, readPausedNow } from '../../ledger/limits/paused-now';
import { type Stop, wholeOrganization } from '../../ledger/limits/stop';
import type { StopSwitch } from '../../ledger/limits/stop-switch';
import type { KeptPlaces } from './kept-places';
import type { Sight } from './sight';

/**
 * What is paused now, as far as it holds for something that somebody may see: the organization, an account of theirs, or what one of
 * theirs lies under.
 * @param sight of somebody who sees something
 * @throws UnresolvedPlaceError; AWS's error when the switch cannot be read
 */
export async function seenPauses(
  stopSwitch: Pick<StopSwitch, 'stops'>,
  sight: Sight,
  places: Pick<KeptPlaces, 'accountsUnder'>,
  now: Date,
): Promise<PausedNow> {
  const paused = await readPausedNow({ stopSwitch }, now);
  if ('unreadable' in paused || sight.everything()) return paused;
  const seen: Stop[] = [];
  for (const stop of paused.stops) if (await holdsForSeen(stop, sight, places)) seen.push(stop);
  return { stops: seen };
}

async function holdsForSeen(
  { scope }: Stop,
  sight: Sight,
  places: Pick<KeptPlaces, 'accountsUnder'>,
): Promise<boolean> {
  if (scope === wholeOrganization) return true;
  if (accountIdPattern.test(scope)) return sight.anyOf(scope);
  for (const accountId of await places.accountsUnder(scope)) if (await sight.anyOf(accountId)) return true;
  return false;
}
