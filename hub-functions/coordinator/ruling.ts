import type { CompiledPolicy, Freeze, Exemption as PolicyExemption, TagRule } from '../../config/compiled';
import { exemptionFor, tagRuleFor } from '../../config/exemption';
import { freezeFor, nextFreezeAt } from '../../config/freeze';
import type { AccountPlace } from '../../config/place';
import { resolve } from '../../config/resolve';
import { UnresolvedPolicyError } from '../../config/unresolved';
import type { FindingIdentity } from '../../core/finding';
import type { JsonObject } from '../../core/json';
import { UnresolvedPlaceError } from '../../ledger/place-errors';
import type { Ruling, Verdict } from './decide';

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

/** All that the policy says of a finding's account, control and resource. */
export type FindingRuling = Ruling & {
  /** The control's parameters there; empty, for the control's defaults, where they could not be told. */
  parameters: JsonObject;
  /** The account's id, and the ids of what it lies under, as far as they are known; the nearest first. */
  place: string[];
  /** What the finding comes to while the policy exempts it. */
  exempt?: Verdict;
  /** Where tags may exempt resources. */
  tagRule?: TagRule;
  /** The freeze of the policy that holds there now. */
  freeze?: Freeze;
  /** Where the account lies could not be told, be it for a while. */
  placeUnknown?: true;
  /** When the next freeze begins there, ISO 8601; absent when none is ahead. */
  nextFreezeAt?: string;
};

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
    return ruledAt(place, { accountId, control, region, resourceId }, policy, now);
  } catch (error) {
    if (error instanceof UnresolvedPlaceError || error instanceof UnresolvedPolicyError) {
      const placeUnknown = error instanceof UnresolvedPlaceError;
      return {
        decidedBy: error.message,
        parameters: {},
        place: [accountId],
        ...(placeUnknown && { placeUnknown }),
      };
    }
    throw error;
  }
}

function ruledAt(
  place: AccountPlace,
  { accountId, control, region, resourceId }: Omit<FindingIdentity, 'resourceType'>,
  policy: CompiledPolicy,
  now: Date,
): FindingRuling {
  const { flag, decidedBy, parameters } = resolve(policy, place, control);
  const exemption = exemptionFor(policy, place, { controlId: control, region, resourceId }, now);
  const tagRule = tagRuleFor(policy, place);
  const freeze = freezeFor(policy, place, now);
  const next = nextFreezeAt(policy, place, now);
  return {
    flag,
    decidedBy,
    parameters,
    place: [accountId, ...place.path.map(({ id }) => id)],
    ...(exemption && { exempt: exemptVerdict(exemption) }),
    ...(tagRule && { tagRule }),
    ...(freeze && { freeze }),
    ...(next && { nextFreezeAt: next.toISOString() }),
  };
}

function exemptVerdict({ reason, owner, until, source }: PolicyExemption): Verdict {
  return {
    state: 'exempt',
    reason: `Exempt until ${until} (${source}), for ${owner}: ${reason}`,
    lookAgainAt: until,
  };
}
