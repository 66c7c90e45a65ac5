import type {
  AuthorizeSecurityGroupIngressCommandInput,
  DescribeSecurityGroupRulesCommandInput,
  DescribeSecurityGroupsCommandInput,
  GetManagedPrefixListEntriesCommandInput,
  RevokeSecurityGroupIngressCommandInput,
} from '@aws-sdk/client-ec2';
import type { Authorization } from '../authorization';
import type { Caller, Commands } from '../commands';
import { pageOf } from '../page';
import { serviceError } from '../service-error';
import { Images } from './images';
import { describedRule, permissionsOf } from './rules';
import { type Group, noGroup, SecurityGroups } from './security-groups';
import { Snapshots } from './snapshots';

/** EC2 in memory: security groups, as it answers the calls that read and change their ingress, snapshots and AMIs. */
export class Ec2 extends SecurityGroups {
  /** How many rules, or entries of a prefix list, a page holds. */
  pageSize = 1_000;

  /** AMIs. */
  readonly images: Images;
  /** EBS snapshots. */
  readonly snapshots: Snapshots;
  /** What a client of EC2 sends. */
  readonly commands: Commands;

  constructor(private readonly authorization: Authorization) {
    super();
    this.snapshots = new Snapshots(authorization);
    this.images = new Images(authorization);
    this.commands = { ...this.#groupCommands, ...this.snapshots.commands, ...this.images.commands };
  }

  readonly #groupCommands: Commands = {
    DescribeSecurityGroups: (input: DescribeSecurityGroupsCommandInput, caller: Caller) => {
      this.#checkRead(caller, 'ec2:DescribeSecurityGroups');
      const { page, next } = this.#described(input, caller);
      return {
        ...(next && { NextToken: next }),
        SecurityGroups: page.map((groupId) => {
          const { name, accountId, rules, tags } = this.#seen(groupId, caller);
          return {
            GroupId: groupId,
            GroupName: name,
            Description: name,
            VpcId: 'vpc-0123456789abcdef0',
            OwnerId: accountId,
            IpPermissions: permissionsOf(rules),
            IpPermissionsEgress: [],
            Tags: tags.map((tag) => ({ ...tag })),
          };
        }),
      };
    },
    DescribeSecurityGroupRules: (input: DescribeSecurityGroupRulesCommandInput, caller: Caller) => {
      this.#checkRead(caller, 'ec2:DescribeSecurityGroupRules');
      const [filter, ...others] = input.Filters ?? [];
      const [groupId, ...groupIds] = filter?.Values ?? [];
      if (filter?.Name !== 'group-id' || groupId === undefined || others.length + groupIds.length > 0) {
        throw new Error('The in-memory EC2 describes the rules of one group.');
      }
      // A filter that matches nothing is no error.
      const group = this.group(groupId);
      const isSeen = group && group.accountId === caller.session?.accountId && group.region === caller.region;
      const rules = isSeen ? group.rules.map((rule) => describedRule(rule, groupId, group.accountId)) : [];
      const { page, next } = pageOf(
        rules,
        input.NextToken,
        Math.min(input.MaxResults ?? 1_000, this.pageSize),
      );
      return { SecurityGroupRules: page, ...(next && { NextToken: next }) };
    },
    GetManagedPrefixListEntries: (input: GetManagedPrefixListEntriesCommandInput, caller: Caller) => {
      this.#checkRead(caller, 'ec2:GetManagedPrefixListEntries');
      const { page, next } = pageOf(this.entries(input.PrefixListId), input.NextToken, this.pageSize);
      return { Entries: page.map((Cidr) => ({ Cidr })), ...(next && { NextToken: next }) };
    },
    AuthorizeSecurityGroupIngress: (input: AuthorizeSecurityGroupIngressCommandInput, caller: Caller) => {
      const { GroupId = '', IpPermissions = [], TagSpecifications: [tagged] = [] } = input;
      const tags = tagged?.Tags ?? [];
      const group = this.#changed(GroupId, caller, 'ec2:AuthorizeSecurityGroupIngress', tags.length > 0);
      const rules = this.authorize(GroupId, IpPermissions, tags);
      return {
        Return: true,
        SecurityGroupRules: rules.map((rule) => describedRule(rule, GroupId, group.accountId)),
      };
    },
    RevokeSecurityGroupIngress: (input: RevokeSecurityGroupIngressCommandInput, caller: Caller) => {
      const { GroupId = '', IpPermissions } = input;
      this.#changed(GroupId, caller, 'ec2:RevokeSecurityGroupIngress', false);
      if (!IpPermissions) throw new Error('The in-memory EC2 revokes by IpPermissions.');
      const unknown = this.revoke(GroupId, IpPermissions);
      return { Return: true, ...(unknown.length > 0 && { UnknownIpPermissions: unknown }) };
    },
  };

  /** Those that are named, or a page of all in the account's Region. */
  #described(
    { GroupIds, NextToken, MaxResults = 1_000 }: DescribeSecurityGroupsCommandInput,
    { session, region }: Caller,
  ): { page: string[]; next?: string } {
    if (GroupIds) return { page: GroupIds };
    return pageOf(
      this.groupsIn(session?.accountId ?? '', region),
      NextToken,
      Math.min(MaxResults, this.pageSize),
    );
  }

  #checkRead(caller: Caller, action: string): void {
    const accountId = caller.session?.accountId ?? '';
    this.authorization.check(caller, { service: 'EC2', action, resources: ['*'], accountId });
  }

  /** @param isTagged tagging is an action of its own: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html */
  #changed(groupId: string, caller: Caller, action: string, isTagged: boolean): Readonly<Group> {
    const { region } = caller;
    const accountId = this.group(groupId)?.accountId ?? caller.session?.accountId ?? '';
    const arn = `arn:aws:ec2:${region}:${accountId}`;
    const newRule = `${arn}:security-group-rule/*`;
    const common = { service: 'EC2' as const, accountId };
    const resources = [`${arn}:security-group/${groupId}`, ...(isTagged ? [newRule] : [])];
    this.authorization.check(caller, { ...common, action, resources });
    if (isTagged) {
      const context = { 'ec2:CreateAction': action.replace('ec2:', '') };
      this.authorization.check(caller, {
        ...common,
        action: 'ec2:CreateTags',
        resources: [newRule],
        context,
      });
    }
    return this.#seen(groupId, caller);
  }

  /** A group as its account's calls see it, in its Region. */
  #seen(groupId: string, { session, region }: Caller): Readonly<Group> {
    if (!/^sg-[0-9a-f]{8,17}$/.test(groupId)) {
      throw serviceError('EC2', 'InvalidGroupId.Malformed', `Invalid id: "${groupId}"`);
    }
    const group = this.group(groupId);
    if (!group) throw noGroup(groupId);
    if (group.accountId !== session?.accountId) {
      this.authorization.violations.push(`${session?.accountId} looks for ${groupId} of ${group.accountId}`);
      throw noGroup(groupId);
    }
    if (group.region !== region) throw noGroup(groupId);
    return group;
  }
}
