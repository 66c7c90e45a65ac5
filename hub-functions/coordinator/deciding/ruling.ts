import type { CompiledPolicy } from '../../../config/compiled';
import type { AccountPlace } from '../../../config/place';
import type { FindingIdentity } from '../../../core/finding';
import { type FindingRuling, rulingAt, unresolvedRuling } from '../../../decision/finding-ruling';
import { UnresolvedPlaceError } from '../../../ledger/organization/place-errors';

/** Tells where accounts lie in the organization. */
export interface Places {
  /**
   * An account's place, which may be some minutes old.
   * @throws UnknownAccountError, UnresolvedPlaceError
   */
  place(accountId: string): Promise<AccountPlace>;
  /**
   * An account's place as it is now: for what comes right before a write.
   * @throws UnknownAccountError, UnresolvedPlaceError
   */
  freshPlace(accountId: string): Promise<AccountPlace>;
}

/**
 * What the policy says of a finding's account, control and resource, from where the account lies in the organization now.
 * @returns without a flag, and with the reason, when it cannot be told
 * @throws UnknownAccountError when the account is not in the organization
 */
export async function rulingFor(
  { accountId, control, region, resourceId }: FindingIdentity,
  policy: CompiledPolicy,
  organization: Pick<Places, 'place'>,
  now: Date,
): Promise<FindingRuling> {
  try {
    const place = await organization.place(accountId);
    return rulingAt(place, { control, resource: { region, resourceId } }, policy, now);
  } catch (error) {
    if (!(error instanceof UnresolvedPlaceError)) throw error;
    return { ...unresolvedRuling(accountId, error.message), placeUnknown: true };
  }
}
