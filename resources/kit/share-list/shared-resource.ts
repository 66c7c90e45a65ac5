/** With whom a resource is shared, as AWS lists it. */
export interface ShareList {
  /** Whether every AWS account may use it. */
  everybody: boolean;
  /** Ids of accounts. */
  accounts: readonly string[];
  /** ARNs of organizations and of organizational units; only AMIs can be shared with these. */
  organizations: readonly string[];
  /** Which versions of it are shared with one, by `shareeKey`, as AWS names them; absent for types that have no versions. */
  versions?: Readonly<Record<string, string>>;
}

/** One of those with whom a resource is shared, and which versions of it, where the type has versions. */
export type Sharee = ({ group: 'all' } | { account: string } | { organization: string }) & {
  version?: string;
};

/**
 * A setting of the account and Region that keeps everybody out of what is shared with them.
 *
 * - `all`: what is shared with everybody is open to nobody by that, and nothing can be shared with everybody any more.
 * - `new`: nothing can be shared with everybody any more; what is shared already stays open.
 * - `none`: no such setting is on.
 */
export type SharingBlock = 'all' | 'new' | 'none';

/** A resource that can be shared, as far as it decides who may use it. */
export interface SharedResource {
  /** Empty where the input does not say. */
  id: string;
  /** Who owns it; absent where the input does not say. */
  accountId?: string;
  share: ShareList;
  /**
   * What of `share` nobody read, so that nothing follows from its absence: those that are named one by one, or all of it. Absent where
   * all was read.
   */
  unread?: 'named' | 'everything';
  /** Absent where the type has no such setting, or the input does not say: then nothing counts as blocked. */
  blocked?: SharingBlock;
  /** When it was made, as AWS writes it: two resources of one name are told apart by it. */
  createdAt?: string;
}

/** A list that names nobody. */
export const sharedWithNobody: ShareList = { everybody: false, accounts: [], organizations: [] };

/** All those on a list: everybody first, then accounts and organizations, each in their order. */
export function shareesOf({ everybody, accounts, organizations, versions = {} }: ShareList): Sharee[] {
  const sharees: Sharee[] = [
    ...(everybody ? [{ group: 'all' as const }] : []),
    ...accounts.map((account) => ({ account })),
    ...organizations.map((organization) => ({ organization })),
  ];
  return sharees.map((sharee) => {
    const version = versions[shareeKey(sharee)];
    return version === undefined ? sharee : { ...sharee, version };
  });
}

/** What tells one of them from the others. */
export function shareeKey(sharee: Sharee): string {
  if ('group' in sharee) return 'group all';
  return 'account' in sharee ? `account ${sharee.account}` : `organization ${sharee.organization}`;
}

/** The list without some of those on it. */
export function withoutSharees(share: ShareList, taken: readonly Sharee[]): ShareList {
  const keys = new Set(taken.map(shareeKey));
  return {
    ...share,
    everybody: share.everybody && !keys.has(shareeKey({ group: 'all' })),
    accounts: share.accounts.filter((account) => !keys.has(shareeKey({ account }))),
    organizations: share.organizations.filter((organization) => !keys.has(shareeKey({ organization }))),
  };
}

/** How people call one of them, within a sentence. */
export function nameOfSharee(sharee: Sharee): string {
  if ('group' in sharee) return 'everybody';
  if ('account' in sharee) return `account ${sharee.account}`;
  const isUnit = /:ou\//.test(sharee.organization);
  return `${isUnit ? 'organizational unit' : 'organization'} ${sharee.organization}`;
}

/**
 * The id of the organization that an ARN of an organization, or of one of its units, names; undefined for anything else.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
 */
export function organizationIdIn(arn: string): string | undefined {
  return /^arn:[^:]+:organizations::\d{12}:(?:organization|ou)\/(o-[a-z0-9]+)(?:\/|$)/.exec(arn)?.[1];
}
