import {
  type SecurityGroup as DescribedGroup,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  GetManagedPrefixListEntriesCommand,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { RefusedError } from '../../core/errors';
import type { Json } from '../../core/json';
import { errorCodeOf, orWhenMissing } from '../kit/aws-error';
import { type Reading, TornReadingError } from '../kit/live-resource';
import { saidByTags } from '../kit/tags';
import { type IngressRule, ruleKey } from './ingress-rule';
import { type SecurityGroup, securityGroupFromApi } from './model';
import { readSecurityGroupRules } from './rule';

const noPrefixList = ['InvalidPrefixListID.NotFound', 'InvalidPrefixListId.NotFound'];

/**
 * Reads a security group: its permissions, its rules (only these have ids and tags of their own), the entries of the prefix
 * lists that it lets in, and until when its tag says that it is exempt.
 * Error codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 * @returns `gone` when there is no such group
 * @throws TornReadingError when the rules are not those of the permissions: one of them is older than the other
 * @throws RefusedError when AWS says that the id cannot be one
 * @throws ResourceInputError when AWS answers a rule that nobody here understands: it could not be undone
 */
export async function readGroup(
  client: EC2Client,
  groupId: string,
  abortSignal: AbortSignal,
): Promise<Reading<SecurityGroup> | 'gone'> {
  const group = await describeGroup(client, groupId, abortSignal);
  if (group === 'gone') return 'gone';
  const rules = await ingressRules(client, groupId, abortSignal);
  const prefixLists = await prefixListEntries(client, group, abortSignal);
  const { GroupName, Description, VpcId, OwnerId } = group;
  const before = { groupId, GroupName, Description, VpcId, OwnerId, ingressRules: rules, prefixLists };
  const read = readSecurityGroupRules(rules, 'securityGroupRules');
  const resource = securityGroupFromApi(group, { prefixLists, rules: read });
  if (keysOf(resource.ingress) !== keysOf(read)) {
    throw new TornReadingError(
      `AWS answers other rules for ${groupId} than the group is said to have: a change is not seen everywhere yet.`,
    );
  }
  return {
    resource,
    // What the SDK answers here is JSON but for undefined values, which this leaves out.
    before: JSON.parse(JSON.stringify(before)) as Json,
    ...saidByTags(group.Tags),
  };
}

/** What identifies rules, in any order. The owner of a group that is let in is not in every answer. */
function keysOf(rules: readonly IngressRule[]): string {
  const keys = rules.map(({ source, ...rule }) =>
    ruleKey({ ...rule, source: source.kind === 'group' ? { ...source, userId: '' } : source }),
  );
  return [...new Set(keys)].sort().join('\n');
}

async function describeGroup(
  client: EC2Client,
  groupId: string,
  abortSignal: AbortSignal,
): Promise<DescribedGroup | 'gone'> {
  try {
    const { SecurityGroups: groups } = await client.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }),
      { abortSignal },
    );
    return groups?.[0] ?? 'gone';
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === 'InvalidGroup.NotFound') return 'gone';
    if (code === 'InvalidGroupId.Malformed')
      throw new RefusedError(`${groupId} is not the id of a security group.`);
    throw error;
  }
}

async function ingressRules(
  client: EC2Client,
  groupId: string,
  abortSignal: AbortSignal,
): Promise<SecurityGroupRule[]> {
  const rules: SecurityGroupRule[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new DescribeSecurityGroupRulesCommand({
        Filters: [{ Name: 'group-id', Values: [groupId] }],
        ...(token && { NextToken: token }),
      }),
      { abortSignal },
    );
    rules.push(...(page.SecurityGroupRules ?? []).filter(({ IsEgress }) => IsEgress !== true));
    token = page.NextToken;
  } while (token);
  return rules;
}

/** CIDR blocks by prefix list id, read or being read; a list that this account can no longer see has none. */
export type KnownPrefixLists = Map<string, Promise<string[] | undefined>>;

/**
 * CIDR blocks by prefix list id, without lists that this account can no longer see.
 * @param known lists that were read for other groups a moment ago; those of this group are added
 * @throws EC2's own error when a call was refused
 */
export async function prefixListEntries(
  client: EC2Client,
  group: DescribedGroup,
  abortSignal: AbortSignal,
  known: KnownPrefixLists = new Map(),
): Promise<Record<string, string[]>> {
  const ids = (group.IpPermissions ?? []).flatMap(({ PrefixListIds = [] }) =>
    PrefixListIds.flatMap(({ PrefixListId }) => PrefixListId ?? []),
  );
  const entries: Record<string, string[]> = {};
  for (const id of new Set(ids)) {
    const reading =
      known.get(id) ?? orWhenMissing(entriesOf(client, id, abortSignal), noPrefixList, undefined);
    // Others that read groups meanwhile wait for the same answer.
    known.set(id, reading);
    const cidrs = await reading.catch((error: unknown) => {
      known.delete(id);
      throw error;
    });
    if (cidrs) entries[id] = cidrs;
  }
  return entries;
}

async function entriesOf(
  client: EC2Client,
  prefixListId: string,
  abortSignal: AbortSignal,
): Promise<string[]> {
  const cidrs: string[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new GetManagedPrefixListEntriesCommand({
        PrefixListId: prefixListId,
        ...(token && { NextToken: token }),
      }),
      { abortSignal },
    );
    cidrs.push(...(page.Entries ?? []).flatMap(({ Cidr }) => Cidr ?? []));
    token = page.NextToken;
  } while (token);
  return cidrs;
}
