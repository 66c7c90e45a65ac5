import type { DangerousKind, ResourceKind } from './resource';
import { dangerousBuckets, harmlessBuckets } from './resources/buckets';
import { dangerousGroups, harmlessGroups } from './resources/security-groups';

/** Every kind of dangerous resource that the scenario knows, by name. */
export const dangerousKinds = { ...dangerousGroups, ...dangerousBuckets };
/** Every kind of harmless neighbour, by name. */
export const harmlessKinds = { ...harmlessGroups, ...harmlessBuckets };

export type DangerousName = keyof typeof dangerousKinds;
export type HarmlessName = keyof typeof harmlessKinds;

/** What is planted in one account and Region. */
export interface Planting {
  /** Name of the account in the sandbox's organization. */
  account: string;
  region: string;
  dangerous: readonly DangerousName[];
  harmless: readonly HarmlessName[];
}

/** The dangerous kind of this name. */
export function dangerousKind(name: DangerousName): DangerousKind {
  return dangerousKinds[name];
}

/** The harmless kind of this name. */
export function harmlessKind(name: HarmlessName): ResourceKind {
  return harmlessKinds[name];
}

/** What the scenario breaks before it watches: something in accounts with each flag, in both Regions. */
export const plantings: readonly Planting[] = [
  {
    account: 'playground',
    region: 'eu-west-1',
    dangerous: ['ssh-beside-https', 'database-in-a-range', 'acl-public-read', 'policy-public-beside-partner'],
    harmless: ['public-web', 'ssh-from-the-office', 'private', 'policy-for-an-address-range'],
  },
  {
    account: 'playground',
    region: 'us-east-1',
    dangerous: ['everything-open', 'ten-thousand-ports', 'public-website'],
    harmless: ['dns-for-all', 'blocked-by-its-owner'],
  },
  {
    account: 'staging',
    region: 'eu-west-1',
    dangerous: ['rdp-over-ipv6', 'sql-server-beside-the-office', 'acl-public-read-write'],
    harmless: ['ssh-from-one-address', 'policy-for-a-partner'],
  },
  {
    account: 'nightly',
    region: 'us-east-1',
    dangerous: ['two-halves-of-the-world', 'policy-public-read', 'acl-authenticated-read'],
    harmless: ['no-rules', 'log-delivery'],
  },
  {
    account: 'payments',
    region: 'eu-west-1',
    dangerous: ['ssh-beside-https', 'policy-public-beside-partner'],
    harmless: ['public-web', 'policy-for-a-partner'],
  },
  {
    account: 'storefront',
    region: 'us-east-1',
    dangerous: ['everything-open', 'acl-public-read'],
    harmless: ['ssh-from-the-office', 'private'],
  },
  {
    account: 'legacy',
    region: 'eu-west-1',
    dangerous: ['ssh-beside-https', 'acl-public-read', 'policy-public-read'],
    harmless: ['public-web', 'private'],
  },
  {
    account: 'analytics',
    region: 'us-east-1',
    dangerous: ['sql-server-beside-the-office', 'acl-public-read-write'],
    harmless: ['ssh-from-one-address', 'blocked-by-its-owner'],
  },
];

/** What is planted in the account that joins during the run. */
export const latePlanting: Planting = {
  account: 'newcomer',
  region: 'eu-west-1',
  dangerous: ['ssh-beside-https', 'acl-public-read'],
  harmless: ['public-web', 'private'],
};
