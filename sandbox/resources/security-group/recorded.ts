import {
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type Filter,
  paginateDescribeSecurityGroups,
  type SecurityGroup,
} from '@aws-sdk/client-ec2';
import type { Place } from '../../events';
import type { ApiAnswer, ApiCall } from '../../gateway/api';
import { idsIn, textsOf } from '../../services/config/call-parameters';
import type { ConfigurationItem, Relationship } from '../../services/config/configuration-item';
import {
  covers,
  type RecordedType,
  type RecordingParts,
  type Touch,
} from '../../services/config/recorded-type';
import { securityGroupConfiguration, tagsOf } from './configuration';

const resourceType = 'AWS::EC2::SecurityGroup';
/** The part of the item that follows from network interfaces, which only some calls change. */
const interfaces = 'interfaces';

const ruleOperations = new Set([
  'DeleteSecurityGroup',
  'AuthorizeSecurityGroupIngress',
  'AuthorizeSecurityGroupEgress',
  'RevokeSecurityGroupIngress',
  'RevokeSecurityGroupEgress',
  'ModifySecurityGroupRules',
  'UpdateSecurityGroupRuleDescriptionsIngress',
  'UpdateSecurityGroupRuleDescriptionsEgress',
]);

const interfaceOperations = new Set([
  'RunInstances',
  'TerminateInstances',
  'ModifyInstanceAttribute',
  'CreateNetworkInterface',
  'DeleteNetworkInterface',
  'AttachNetworkInterface',
  'DetachNetworkInterface',
  'ModifyNetworkInterfaceAttribute',
]);

/**
 * Security groups.
 *
 * @param latest the last items of the live security groups of an account and Region
 */
export function securityGroups({ clients, latest }: RecordingParts): RecordedType {
  return {
    resourceType,

    async touches(call, answer) {
      if (call.service !== 'ec2') return [];
      const place = { accountId: call.accountId, region: call.region };
      const touch = (resourceId: string, aspects: readonly string[] = []): Touch => ({
        ...place,
        resourceType,
        resourceId,
        aspects: new Set(aspects),
      });
      if (ruleOperations.has(call.operation)) {
        return (await groupsNamedIn(call, place)).map((id) => touch(id));
      }
      if (interfaceOperations.has(call.operation)) {
        return groupsOfInterfaces(call, answer, place).map((id) => touch(id, [interfaces]));
      }
      switch (call.operation) {
        case 'CreateSecurityGroup':
          return idsIn(call, answer, 'sg').map((id) => touch(id));
        case 'CreateTags':
        case 'DeleteTags':
          return textsOf(call, 'ResourceId')
            .filter((id) => id.startsWith('sg-'))
            .map((id) => touch(id));
        // A VPC comes and goes with its default security group.
        case 'CreateVpc':
        case 'CreateDefaultVpc':
          return (await idsWith(place, { Name: 'vpc-id', Values: idsIn(call, answer, 'vpc') })).map((id) =>
            touch(id),
          );
        case 'DeleteVpc':
          return known(place, (item) =>
            textsOf(call, 'VpcId').includes(String(item.configuration?.vpcId)),
          ).map((id) => touch(id));
        default:
          return [];
      }
    },

    list: (place) => idsWith(place),

    async read(resource, aspects, previous) {
      const { ec2 } = clients.of(resource);
      const [group, related] = await Promise.all([
        describe(ec2, resource.resourceId),
        previous === undefined || covers(aspects, interfaces)
          ? interfaceRelationships(ec2, resource.resourceId)
          : previous.relationships.filter((relationship) => relationship.resourceType !== 'AWS::EC2::VPC'),
      ]);
      if (group === undefined) return undefined;
      return {
        resourceName: group.GroupName ?? null,
        ARN: `arn:aws:ec2:${resource.region}:${resource.accountId}:security-group/${resource.resourceId}`,
        availabilityZone: 'Not Applicable',
        resourceCreationTime: null,
        tags: Object.fromEntries(tagsOf(group).map(({ key, value }) => [key, value])),
        relationships: group.VpcId
          ? [relation('AWS::EC2::VPC', group.VpcId, 'Is contained in Vpc'), ...related]
          : related,
        configuration: securityGroupConfiguration(group),
        supplementaryConfiguration: {},
      };
    },
  };

  /** The ids of the live groups that AWS Config already knows and that fulfil a condition. */
  function known(place: Place, fulfils: (item: ConfigurationItem) => boolean): string[] {
    return latest(place, resourceType)
      .filter(fulfils)
      .map((item) => item.resourceId);
  }

  /** A call names its group by id, or in a default VPC by name. */
  async function groupsNamedIn(call: ApiCall, place: Place): Promise<string[]> {
    const ids = textsOf(call, 'GroupId');
    const names = textsOf(call, 'GroupName');
    if (ids.length > 0 || names.length === 0) return ids;
    const knownIds = known(place, (item) => item.resourceName !== null && names.includes(item.resourceName));
    return knownIds.length > 0 ? knownIds : idsWith(place, { Name: 'group-name', Values: names });
  }

  function groupsOfInterfaces(call: ApiCall, answer: ApiAnswer, place: Place): string[] {
    const attached = new Set([...idsIn(call, answer, 'eni'), ...idsIn(call, answer, 'i')]);
    const before = known(place, (item) =>
      item.relationships.some(({ resourceId }) => attached.has(resourceId)),
    );
    return [...new Set([...idsIn(call, answer, 'sg'), ...before])];
  }

  async function idsWith(place: Place, ...filters: Filter[]): Promise<string[]> {
    const ids: string[] = [];
    const pages = paginateDescribeSecurityGroups({ client: clients.of(place).ec2 }, { Filters: filters });
    for await (const page of pages) {
      for (const group of page.SecurityGroups ?? []) if (group.GroupId) ids.push(group.GroupId);
    }
    return ids;
  }
}

async function describe(ec2: EC2Client, groupId: string): Promise<SecurityGroup | undefined> {
  try {
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
    return SecurityGroups?.[0];
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidGroup.NotFound') return undefined;
    throw error;
  }
}

/**
 * Relationships of a security group:
 * https://docs.aws.amazon.com/config/latest/developerguide/resource-config-reference.html
 */
async function interfaceRelationships(ec2: EC2Client, groupId: string): Promise<Relationship[]> {
  const { NetworkInterfaces = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'group-id', Values: [groupId] }] }),
  );
  return NetworkInterfaces.flatMap(({ NetworkInterfaceId, Attachment }) => [
    ...(Attachment?.InstanceId
      ? [relation('AWS::EC2::Instance', Attachment.InstanceId, 'Is associated with Instance')]
      : []),
    ...(NetworkInterfaceId
      ? [relation('AWS::EC2::NetworkInterface', NetworkInterfaceId, 'Is associated with NetworkInterface')]
      : []),
  ]);
}

function relation(resourceType: string, resourceId: string, name: string): Relationship {
  return { resourceId, resourceName: null, resourceType, name };
}
