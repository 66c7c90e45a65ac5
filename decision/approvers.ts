import type { CompiledPolicy } from '../config/compiled';
import type { AccountPlace } from '../config/place';
import { UnresolvedPolicyError } from '../config/unresolved';
import { covers, locateOrder } from './people-places';

/** Who in Slack may approve something, by the ids that the policy names; each once. */
export interface Approvers {
  users: string[];
  groups: string[];
}

/**
 * Whom Slack can mention where a finding waits: users and user groups of the entries with `approve` that cover the place. Who may break
 * the glass is not asked every day, and is none of them. Pure.
 * @param place of the finding's account; where it cannot be told what the policy says of it, nobody is mentioned
 */
export function approversOf(place: AccountPlace, control: string, policy: CompiledPolicy): Approvers {
  const { slack, people } = policy;
  if (slack.team === undefined || slack.app === undefined) return { users: [], groups: [] };
  const located = locatedOr(policy, place, control);
  const named = (people?.entries ?? [])
    .filter((entry) => located && entry.may.includes('approve') && covers(entry, located))
    .flatMap(({ who }) => who);
  return {
    users: [...new Set(named.flatMap((who) => ('slackUser' in who ? [who.slackUser] : [])))],
    groups: [...new Set(named.flatMap((who) => ('slackGroup' in who ? [who.slackGroup] : [])))],
  };
}

function locatedOr(policy: CompiledPolicy, place: AccountPlace, control: string) {
  try {
    return locateOrder(policy, 'approve', { scope: 'account', place, control });
  } catch (error) {
    if (error instanceof UnresolvedPolicyError) return undefined;
    throw error;
  }
}
