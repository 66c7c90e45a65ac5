import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';
import type { JsonObject } from '../../../core/json';

/**
 * `configuration` of a security group's item: what DescribeSecurityGroups answers in camel case, with each IPv4 range in
 * `ipRanges` (the text alone) and in `ipv4Ranges` (with its description).
 * https://github.com/awslabs/aws-config-resource-schema/blob/master/config/properties/resource-types/AWS::EC2::SecurityGroup.properties.json
 */
export function securityGroupConfiguration(group: SecurityGroup): JsonObject {
  return {
    description: group.Description ?? null,
    groupName: group.GroupName ?? null,
    ipPermissions: (group.IpPermissions ?? []).map(permission),
    ownerId: group.OwnerId ?? null,
    groupId: group.GroupId ?? null,
    ipPermissionsEgress: (group.IpPermissionsEgress ?? []).map(permission),
    tags: tagsOf(group),
    vpcId: group.VpcId ?? null,
  };
}

/** The tags of a group, in the form of its configuration. */
export function tagsOf(group: SecurityGroup): { key: string; value: string }[] {
  return (group.Tags ?? []).map(({ Key = '', Value = '' }) => ({ key: Key, value: Value }));
}

function permission(from: IpPermission): JsonObject {
  // Every protocol has every port: then AWS names none.
  const ports: JsonObject =
    from.IpProtocol === '-1' ? {} : present({ fromPort: from.FromPort, toPort: from.ToPort });
  return {
    ...ports,
    ipProtocol: from.IpProtocol ?? '-1',
    ipv6Ranges: (from.Ipv6Ranges ?? []).map(({ CidrIpv6, Description }) =>
      present({ cidrIpv6: CidrIpv6, description: Description }),
    ),
    prefixListIds: (from.PrefixListIds ?? []).map(({ PrefixListId, Description }) =>
      present({ prefixListId: PrefixListId, description: Description }),
    ),
    userIdGroupPairs: (from.UserIdGroupPairs ?? []).map((pair) =>
      present({
        description: pair.Description,
        groupId: pair.GroupId,
        groupName: pair.GroupName,
        peeringStatus: pair.PeeringStatus,
        userId: pair.UserId,
        vpcId: pair.VpcId,
        vpcPeeringConnectionId: pair.VpcPeeringConnectionId,
      }),
    ),
    ipv4Ranges: (from.IpRanges ?? []).map(({ CidrIp, Description }) =>
      present({ cidrIp: CidrIp, description: Description }),
    ),
    ipRanges: (from.IpRanges ?? []).flatMap(({ CidrIp }) => (CidrIp === undefined ? [] : [CidrIp])),
  };
}

/** Without the keys that have no value. moto answers an absent description with an empty one. */
function present(values: Record<string, string | number | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, string | number] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}
