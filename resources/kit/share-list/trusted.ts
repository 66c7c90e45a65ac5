import { organizationIdIn, type SharedResource, type Sharee, shareesOf } from './shared-resource';

/** Whom a policy trusts. Where both lists are empty, those that a share list names one by one are not looked at. */
export interface TrustedSharees {
  /** Ids of accounts. The owner's own is always trusted. */
  trustedAccounts: readonly string[];
  /** Ids of organizations; a unit of one is trusted with it. Absent for types that no organization can be named for. */
  trustedOrganizations?: readonly string[];
}

/** Whether those that a share list names one by one are looked at. */
export function looksAtNamed({ trustedAccounts, trustedOrganizations = [] }: TrustedSharees): boolean {
  return trustedAccounts.length + trustedOrganizations.length > 0;
}

/**
 * The same of any of several sets of parameters.
 * @param parameterSets as the schemas of controls returned them
 */
export function someLookAtNamed(parameterSets: readonly unknown[]): boolean {
  return parameterSets.some((set) => {
    const { trustedAccounts, trustedOrganizations } = set as Partial<TrustedSharees>;
    return looksAtNamed({
      trustedAccounts: trustedAccounts ?? [],
      trustedOrganizations: trustedOrganizations ?? [],
    });
  });
}

/**
 * Those with whom a resource may not be shared: everybody, unless a block keeps them out, and, where a policy says whom it trusts,
 * accounts and organizations that it does not name. A block keeps out everybody alone, never those that are named.
 */
export function untrustedSharees(resource: SharedResource, trusted: TrustedSharees): Sharee[] {
  return shareesOf(resource.share).filter((sharee) =>
    'group' in sharee
      ? resource.blocked !== 'all'
      : looksAtNamed(trusted) && !trusts(sharee, resource, trusted),
  );
}

function trusts(
  sharee: Exclude<Sharee, { group: 'all' }>,
  { accountId }: SharedResource,
  { trustedAccounts, trustedOrganizations = [] }: TrustedSharees,
): boolean {
  if ('account' in sharee) return sharee.account === accountId || trustedAccounts.includes(sharee.account);
  const id = organizationIdIn(sharee.organization);
  return id !== undefined && trustedOrganizations.includes(id);
}

/**
 * Why nobody can tell whether a resource is shared as it should be; undefined where that can be told.
 * @param noun what people call it
 */
export function undecidedShare(
  { unread }: SharedResource,
  trusted: TrustedSharees,
  noun: string,
): string | undefined {
  if (unread === 'everything') return `With whom the ${noun} is shared cannot be told: nobody read it.`;
  return unread === 'named' && looksAtNamed(trusted)
    ? `With which accounts the ${noun} is shared cannot be told: nobody read it.`
    : undefined;
}
