import type { IpPermission, Tag } from '@aws-sdk/client-ec2';
import { Placed } from '../placed';
import { serviceError } from '../service-error';
import { keyOf, permissionsOf, type Rule, rulesOf } from './rules';

/** A security group, as far as its ingress goes. */
export interface Group {
  accountId: string;
  region: string;
  name: string;
  /** Whether its VPC is the default one, in which a revocation passes over what it does not find. */
  isInDefaultVpc: boolean;
  tags: Tag[];
  rules: Rule[];
}

/**
 * Security groups and prefix lists as they really are, changed as somebody in their account could. Codes:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export class SecurityGroups {
  readonly #groups = new Placed<Group>();
  readonly #prefixLists = new Map<string, readonly string[]>();
  #ruleIds = 0;
  /** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups */
  rulesPerGroup = 60;

  /** Makes a group, or replaces it. */
  createGroup(
    groupId: string,
    {
      permissions = [],
      ...group
    }: Partial<Omit<Group, 'rules'>> & { accountId: string; permissions?: IpPermission[] },
  ): void {
    this.#groups.set(groupId, {
      region: 'eu-west-1',
      name: groupId,
      isInDefaultVpc: false,
      tags: [],
      ...group,
      rules: [],
    });
    if (permissions.length > 0) this.authorize(groupId, permissions);
  }

  /** Deletes a group. */
  deleteGroup(groupId: string): void {
    this.#groups.delete(groupId);
  }

  /** Makes a prefix list that every account sees, or replaces its entries. */
  createPrefixList(prefixListId: string, cidrs: readonly string[]): void {
    this.#prefixLists.set(prefixListId, cidrs);
  }

  /** A group as it really is; undefined when it is gone. */
  group(groupId: string): Readonly<Group> | undefined {
    return this.#groups.get(groupId);
  }

  /** The ids of an account's groups in a Region. */
  groupsIn(accountId: string, region: string): string[] {
    return this.#groups.idsIn({ accountId, region });
  }

  /**
   * Adds rules, all or none.
   * @throws EC2's refusal
   */
  authorize(groupId: string, permissions: readonly IpPermission[], tags: readonly Tag[] = []): Rule[] {
    const group = this.#existing(groupId);
    const added = rulesOf(permissions, group.accountId);
    const keys = [...group.rules, ...added].map(keyOf);
    const twice = added.find((rule) => keys.indexOf(keyOf(rule)) !== keys.lastIndexOf(keyOf(rule)));
    if (twice) {
      throw serviceError(
        'EC2',
        'InvalidPermission.Duplicate',
        `the specified rule "${keyOf(twice)}" already exists`,
      );
    }
    for (const { source } of added) if (source.kind === 'prefixList') this.entries(source.name);
    const rules: Rule[] = added.map((rule) => ({
      ...rule,
      id: this.#newRuleId(),
      tags: tags.map((tag) => ({ ...tag })),
    }));
    this.#checkQuota([...group.rules, ...rules]);
    group.rules = [...group.rules, ...rules];
    return rules;
  }

  /**
   * Takes rules away.
   * @returns the permissions that are not there, in a default VPC
   * @throws EC2's refusal
   */
  revoke(groupId: string, permissions: readonly IpPermission[]): IpPermission[] {
    const group = this.#existing(groupId);
    const left = [...group.rules];
    const missing: Omit<Rule, 'id' | 'tags'>[] = [];
    for (const rule of rulesOf(permissions, group.accountId)) {
      const index = left.findIndex((held) => keyOf(held) === keyOf(rule));
      if (index < 0) missing.push(rule);
      else left.splice(index, 1);
    }
    const [first] = missing;
    if (first && !group.isInDefaultVpc) {
      throw serviceError(
        'EC2',
        'InvalidPermission.NotFound',
        `The specified rule "${keyOf(first)}" does not exist in this security group.`,
      );
    }
    group.rules = left;
    return permissionsOf(missing.map((rule) => ({ ...rule, id: '', tags: [] })));
  }

  /** The entries of a prefix list. @throws EC2's word that there is none */
  entries(prefixListId: string | undefined): readonly string[] {
    const cidrs = this.#prefixLists.get(prefixListId ?? '');
    if (cidrs) return cidrs;
    throw noPrefixList(prefixListId);
  }

  #existing(groupId: string): Group {
    const group = this.#groups.get(groupId);
    if (group) return group;
    throw noGroup(groupId);
  }

  /** The quota counts IPv4 and IPv6 apart; a group or a prefix list counts for both, a prefix list with its entries. */
  #checkQuota(rules: readonly Rule[]): void {
    const weight = ({ source }: Rule) =>
      source.kind === 'prefixList' ? (this.#prefixLists.get(source.name)?.length ?? 1) : 1;
    const sum = (other: 'ipv4' | 'ipv6') =>
      rules.filter(({ source }) => source.kind !== other).reduce((count, rule) => count + weight(rule), 0);
    if (Math.max(sum('ipv4'), sum('ipv6')) <= this.rulesPerGroup) return;
    throw serviceError(
      'EC2',
      'RulesPerSecurityGroupLimitExceeded',
      'The maximum number of rules per security group has been reached.',
    );
  }

  #newRuleId(): string {
    this.#ruleIds += 1;
    return `sgr-${this.#ruleIds.toString(16).padStart(17, '0')}`;
  }
}

/** EC2's word for a group that is not there. */
export function noGroup(groupId: string): Error {
  return serviceError('EC2', 'InvalidGroup.NotFound', `The security group '${groupId}' does not exist`);
}

function noPrefixList(prefixListId: string | undefined): Error {
  return serviceError(
    'EC2',
    'InvalidPrefixListID.NotFound',
    `The prefix list '${prefixListId}' does not exist`,
  );
}
