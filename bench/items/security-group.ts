import type { ItemMaker } from './item-maker';

const cidrs = [
  '0.0.0.0/0',
  '0.0.0.0/1',
  '128.0.0.0/1',
  '10.0.0.0/8',
  '52.95.110.0/24',
  '203.0.113.7/32',
  '172.16.0.0/12',
];
const cidrs6 = ['::/0', 'fd00::/8', '2600:1f00::/24'];
const ports = [22, 80, 443, 1433, 3306, 3389, 5432, 8080, 9300];

/** Security groups with up to six permissions. */
export const securityGroupItem: ItemMaker = (index, { below, oneOf, several }) => {
  const permission = () => {
    const from = oneOf(ports);
    const ranges = several(3, () => oneOf(cidrs));
    return {
      ...(below(12) === 0
        ? { ipProtocol: '-1' }
        : { ipProtocol: oneOf(['tcp', 'udp', '6']), fromPort: from, toPort: from + oneOf([0, 0, 1, 5000]) }),
      ipRanges: ranges,
      ipv4Ranges: ranges.map((cidrIp) => ({ cidrIp })),
      ipv6Ranges: several(1, () => ({ cidrIpv6: oneOf(cidrs6) })),
      prefixListIds: [],
      userIdGroupPairs: several(1, () => ({ groupId: 'sg-0fedcba9876543210', userId: '111122223333' })),
    };
  };
  const groupId = `sg-${String(index).padStart(17, '0')}`;
  return {
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: groupId,
    configuration: {
      groupId,
      groupName: `group-${index}`,
      ipPermissions: several(6, permission),
      ipPermissionsEgress: [],
    },
    supplementaryConfiguration: {},
  };
};
