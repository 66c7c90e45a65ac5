import type { ItemMaker, RandomChoice } from './item-maker';

const cidrs = [
  '10.0.0.0/8',
  '10.20.0.0/16',
  '172.16.0.0/12',
  '192.168.4.0/22',
  '52.95.110.0/24',
  '203.0.113.7/32',
];
const broad = ['0.0.0.0/0', '0.0.0.0/0', '0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/1'];
const cidrs6 = ['fd00:10::/32', '2600:1f00:4::/48', '2a05:d018::/36'];
const publicPorts = [80, 443, 443, 8080, 8443];
const ports = [22, 443, 1433, 3306, 3389, 5432, 6379, 8080, 9300];
const names = ['office network', 'database clients', 'monitoring', undefined];

/** Security groups with up to six permissions: services that are public on purpose, private networks, and what is open by mistake. */
export const securityGroupItem: ItemMaker = (index, choice) => {
  const { below, several } = choice;
  const groupId = `sg-${String(index).padStart(17, '0')}`;
  const groupName = `group-${index}`;
  const vpcId = 'vpc-0123456789abcdef0';
  const everywhere = { cidrIp: '0.0.0.0/0' };
  return {
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: groupId,
    resourceName: groupName,
    ARN: `arn:aws:ec2:eu-west-1:111122223333:security-group/${groupId}`,
    relationships: [
      { resourceId: vpcId, resourceType: 'AWS::EC2::VPC', name: 'Is contained in Vpc' },
      ...several(3, () => ({
        resourceId: `eni-0${String(below(1e9)).padStart(16, '0')}`,
        resourceType: 'AWS::EC2::NetworkInterface',
        name: 'Is associated with NetworkInterface',
      })),
    ],
    configuration: {
      description: `What ${groupName} is for`,
      groupId,
      groupName,
      ipPermissions: several(6, () => permission(choice)),
      ipPermissionsEgress: [
        {
          ipProtocol: '-1',
          ipRanges: ['0.0.0.0/0'],
          ipv4Ranges: [everywhere],
          ipv6Ranges: [],
          prefixListIds: [],
          userIdGroupPairs: [],
        },
      ],
      ownerId: '111122223333',
      tags: [{ key: 'Name', value: groupName }],
      vpcId,
    },
    supplementaryConfiguration: {},
  };
};

function permission({ below, oneOf, several }: RandomChoice): object {
  const described = (range: object) => {
    const description = oneOf(names);
    return description === undefined ? range : { ...range, description };
  };
  const isPublic = below(4) === 0;
  const isMistake = !isPublic && below(8) === 0;
  const from = oneOf(isPublic ? publicPorts : ports);
  const ranges = isPublic
    ? ['0.0.0.0/0']
    : isMistake
      ? [oneOf(broad)]
      : several(3, () => address(below, oneOf));
  return {
    ...(!isPublic && below(10) === 0
      ? { ipProtocol: '-1' }
      : {
          ipProtocol: oneOf(['tcp', 'tcp', 'udp', '6']),
          fromPort: from,
          toPort: from + oneOf([0, 0, 0, 1, 20]),
        }),
    ipRanges: ranges,
    ipv4Ranges: ranges.map((cidrIp) => described({ cidrIp })),
    ipv6Ranges: isPublic ? [{ cidrIpv6: '::/0' }] : several(1, () => described({ cidrIpv6: oneOf(cidrs6) })),
    prefixListIds: [],
    userIdGroupPairs: several(1, () =>
      described({ groupId: 'sg-0fedcba9876543210', userId: '111122223333' }),
    ),
  };
}

/** One of the few that a whole company uses, or one that nothing else uses. */
function address(below: RandomChoice['below'], oneOf: RandomChoice['oneOf']): string {
  return below(2) === 0 ? oneOf(cidrs) : `52.${below(256)}.${below(256)}.${below(256)}/32`;
}
