import type { CompiledPolicy, SlackRoute } from '../../config/compiled';
import { type AccountPlace, locate } from '../../config/place';
import { UnresolvedPolicyError } from '../../config/unresolved';
import type { RemediationReport } from '../../core/report';

/**
 * The channels that are told of a finding: the central one, which has everything, and those whose routes cover it, each once. Pure.
 * @param place of the finding's account; undefined where it is not known: then no route by place covers it but one by the account's id
 */
export function channelsOf(
  { finding, tags = {} }: Pick<RemediationReport, 'finding' | 'tags'>,
  place: AccountPlace | undefined,
  policy: CompiledPolicy,
): string[] {
  const { channel, routes } = policy.slack;
  const keys = keysOf(finding.accountId, place, policy);
  const covering = routes.filter((route) => isUnder(route, keys) && isTagged(route, tags));
  return [...new Set([channel, ...covering.map((route) => route.channel)])];
}

interface Keys {
  accounts: readonly string[];
  units: readonly string[];
}

function keysOf(accountId: string, place: AccountPlace | undefined, policy: CompiledPolicy): Keys {
  try {
    const located = place && locate(policy, place);
    if (located) return { accounts: located.account, units: located.units.flatMap(({ keys }) => keys) };
  } catch (error) {
    if (!(error instanceof UnresolvedPolicyError)) throw error;
  }
  return { accounts: [accountId], units: [] };
}

function isUnder({ where }: SlackRoute, { accounts, units }: Keys): boolean {
  if (!where) return true;
  const named = [
    ...(where.accounts ?? []).map((key) => accounts.includes(key)),
    ...(where.organizationalUnits ?? []).map((key) => units.includes(key)),
  ];
  return named.includes(true);
}

function isTagged({ tags: wanted = {} }: SlackRoute, tags: Record<string, string>): boolean {
  return Object.entries(wanted).every(([key, value]) => Object.hasOwn(tags, key) && tags[key] === value);
}
