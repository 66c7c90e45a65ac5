import type { CompiledPolicy, Exemption, Freeze, TagRule } from '../config/compiled';
import { exemptionFor, tagRuleFor } from '../config/exemption';
import { freezeFor, nextFreezeAt } from '../config/freeze';
import type { AccountPlace } from '../config/place';
import { resolve } from '../config/resolve';
import { UnresolvedPolicyError } from '../config/unresolved';
import type { JsonObject } from '../core/json';
import type { Flag } from '../core/report';
import { utc } from '../core/utc';
import type { ExemptVerdict } from './verdict';

/** What the policy says of an account and a control: its flag, or that it could not be told. */
export type Ruling = { flag: Flag; decidedBy: string } | { flag?: undefined; decidedBy: string };

/** All that the policy says of a finding's account, control and resource. */
export type FindingRuling = Ruling & {
  /** The control's parameters there; empty, for the control's defaults, where they could not be told. */
  parameters: JsonObject;
  /** The account's id, and the ids of what it lies under, as far as they are known; the nearest first. */
  place: string[];
  /** The finding's verdict while the policy exempts it. */
  exempt?: ExemptVerdict;
  /** Where tags may exempt resources. */
  tagRule?: TagRule;
  /** The freeze of the policy that holds there now. */
  freeze?: Freeze;
  /** Where the account lies could not be told, be it for a while. */
  placeUnknown?: true;
  /** When the next freeze begins there, ISO 8601; absent when none is ahead. */
  nextFreezeAt?: string;
};

/** What the policy is asked about. */
export interface RuledSubject {
  control: string;
  /** The resource, where one is meant. */
  resource?: { region: string; resourceId: string };
}

/**
 * What the policy says of a control, or of a resource, in an account.
 * @param place where the account lies, as `resolve` takes it
 * @returns without a flag, and with the reason, when it cannot be told
 */
export function rulingAt(
  place: AccountPlace,
  subject: RuledSubject,
  policy: CompiledPolicy,
  now: Date,
): FindingRuling {
  try {
    return ruled(place, subject, policy, now);
  } catch (error) {
    if (error instanceof UnresolvedPolicyError) return unresolvedRuling(place.accountId, error.message);
    throw error;
  }
}

/** The ruling where the flag cannot be told, and why. */
export function unresolvedRuling(accountId: string, why: string): FindingRuling {
  return { decidedBy: why, parameters: {}, place: [accountId] };
}

function ruled(
  place: AccountPlace,
  { control, resource }: RuledSubject,
  policy: CompiledPolicy,
  now: Date,
): FindingRuling {
  const { flag, decidedBy, parameters } = resolve(policy, place, control);
  const exemption = resource && exemptionFor(policy, place, { controlId: control, ...resource }, now);
  const tagRule = tagRuleFor(policy, place);
  const freeze = freezeFor(policy, place, now);
  const next = nextFreezeAt(policy, place, now);
  return {
    flag,
    decidedBy,
    parameters,
    place: [place.accountId, ...place.path.map(({ id }) => id)],
    ...(exemption && { exempt: exemptVerdict(exemption) }),
    ...(tagRule && { tagRule }),
    ...(freeze && { freeze }),
    ...(next && { nextFreezeAt: next.toISOString() }),
  };
}

function exemptVerdict({ reason, owner, until, source }: Exemption): ExemptVerdict {
  return {
    state: 'exempt',
    reason: `Exempt until ${utc(until)} (${source}), for ${owner}: ${reason}`,
    lookAgainAt: until,
  };
}
