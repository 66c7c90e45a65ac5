import { applyChanges, ipPermissionOf } from '../../../resources/security-group/changes';
import { type SecurityGroup, securityGroupFromApi } from '../../../resources/security-group/model';
import { apiGroup, evaluated, group, line, permission, planned } from '../support/security-groups';

const lines = (securityGroup: SecurityGroup, parameters: object = {}) =>
  planned(securityGroup, parameters).changes.map(line);

/** Ranges that are harmless each, and the internet when there are more than sixteen. */
const eights = (count: number) => Array.from({ length: count }, (_, index) => `${20 + index}.0.0.0/8`);

describe('the plan for a security group', () => {
  it('is empty when the group complies', () => {
    expect(planned(group(permission('tcp', 443, '0.0.0.0/0')))).toEqual({
      changes: [],
      lossy: false,
      losses: [],
    });
  });

  it('revokes the one dangerous CIDR, and leaves its neighbours in the same permission', () => {
    const open = group(permission('tcp', 22, '0.0.0.0/0', '198.51.100.7/32', '10.0.0.0/8'));

    expect(planned(open)).toEqual({
      changes: [
        {
          action: 'revoke',
          text: 'Close tcp 22 from 0.0.0.0/0.',
          protocol: 'tcp',
          fromPort: 22,
          toPort: 22,
          cidr: '0.0.0.0/0',
        },
      ],
      lossy: false,
      losses: [],
    });
    expect(applyChanges(open, planned(open).changes).ingress.map(line)).toEqual([
      'tcp 22-22 198.51.100.7/32',
      'tcp 22-22 10.0.0.0/8',
    ]);
  });

  it('revokes each public CIDR by itself, of every permission', () => {
    const open = group(
      permission('tcp', 22, '0.0.0.0/0', '::/0'),
      permission('tcp', 3389, '0.0.0.0/1', '128.0.0.0/1'),
    );

    expect(lines(open)).toEqual([
      'revoke tcp 22-22 0.0.0.0/0',
      'revoke tcp 22-22 ::/0',
      'revoke tcp 3389-3389 0.0.0.0/1',
      'revoke tcp 3389-3389 128.0.0.0/1',
    ]);
  });

  it('keeps port 443 when a range is split around 3306, and authorizes before it revokes', () => {
    expect(lines(group(permission('tcp', [443, 3306], '0.0.0.0/0')), { prohibitedPorts: [3306] })).toEqual([
      'authorize tcp 443-3305 0.0.0.0/0',
      'revoke tcp 443-3306 0.0.0.0/0',
    ]);
    expect(lines(group(permission('tcp', [443, 9300], '0.0.0.0/0')), { prohibitedPorts: [3306] })).toEqual([
      'authorize tcp 443-3305 0.0.0.0/0',
      'authorize tcp 3307-9300 0.0.0.0/0',
      'revoke tcp 443-9300 0.0.0.0/0',
    ]);
  });

  it('gives the parts of a split range the description of the whole', () => {
    const described = {
      ...permission('tcp', [20, 30]),
      IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'partners' }],
    };

    expect(planned(group(described)).changes.map(({ description }) => description)).toEqual([
      'partners',
      'partners',
      'partners',
    ]);
  });

  it('gives the parts of a split range the tags of the whole, and mentions them nowhere else', () => {
    const owner = [{ Key: 'owner', Value: 'ops' }];
    const open: SecurityGroup = {
      groupId: 'sg-1',
      ingress: [
        {
          protocol: 'tcp',
          fromPort: 20,
          toPort: 30,
          source: { kind: 'cidr', cidr: '0.0.0.0/0' },
          tags: owner,
        },
        { protocol: 'tcp', fromPort: 20, toPort: 30, source: { kind: 'cidr', cidr: '52.0.0.0/7' } },
      ],
    };

    const tags = planned(open, { prohibitedPorts: [22] }).changes.map(
      (change) => `${line(change)} ${JSON.stringify(change.tags)}`,
    );
    expect(tags.toSorted()).toEqual([
      'authorize tcp 20-21 0.0.0.0/0 [{"Key":"owner","Value":"ops"}]',
      'authorize tcp 20-21 52.0.0.0/7 undefined',
      'authorize tcp 23-30 0.0.0.0/0 [{"Key":"owner","Value":"ops"}]',
      'authorize tcp 23-30 52.0.0.0/7 undefined',
      'revoke tcp 20-30 0.0.0.0/0 undefined',
      'revoke tcp 20-30 52.0.0.0/7 undefined',
    ]);
    expect(applyChanges(open, planned(open).changes).ingress[0]?.tags).toBeDefined();
  });

  it('keeps every other port of a rule for all ports, and loses nothing', () => {
    const open = group(permission('tcp', [0, 65535], '::/0'));

    expect(lines(open, { prohibitedPorts: [22, 3389] })).toEqual([
      'authorize tcp 0-21 ::/0',
      'authorize tcp 23-3388 ::/0',
      'authorize tcp 3390-65535 ::/0',
      'revoke tcp 0-65535 ::/0',
    ]);
    expect(planned(open).losses).toEqual([]);
    expect(lines(group(permission('udp', [0, 65535], '0.0.0.0/0')), { prohibitedPorts: ['53/udp'] })).toEqual(
      ['authorize udp 0-52 0.0.0.0/0', 'authorize udp 54-65535 0.0.0.0/0', 'revoke udp 0-65535 0.0.0.0/0'],
    );
  });

  it('makes of a rule for all traffic one for each kind that is kept, and names the others', () => {
    const plan = planned(group(permission('-1', undefined, '0.0.0.0/0')), { prohibitedPorts: [22] });

    expect(plan.changes.map(line)).toEqual([
      'authorize tcp 0-21 0.0.0.0/0',
      'authorize tcp 23-65535 0.0.0.0/0',
      'authorize udp 0-65535 0.0.0.0/0',
      'authorize icmp -1--1 0.0.0.0/0',
      'authorize 47 all 0.0.0.0/0',
      'authorize 50 all 0.0.0.0/0',
      'authorize 51 all 0.0.0.0/0',
      'revoke -1 all 0.0.0.0/0',
    ]);
    expect(plan.changes.at(-1)?.text).toBe(
      'Close all protocols from 0.0.0.0/0. IP protocols other than TCP, UDP, ICMP, 47, 50 and 51 go with it.',
    );
    expect(plan).toMatchObject({ lossy: false, losses: [] });
  });

  it('keeps ICMPv6 of an IPv6 source, and of a prefix list what its entries are', () => {
    const kept = (securityGroup: SecurityGroup) =>
      lines(securityGroup, { prohibitedPorts: [22] }).filter((one) => one.includes('icmp'));
    const listed = (...entries: string[]) =>
      securityGroupFromApi(
        apiGroup({ ...permission('-1', undefined), PrefixListIds: [{ PrefixListId: 'pl-1' }] }),
        { prefixLists: { 'pl-1': entries } },
      );

    expect(kept(group(permission('-1', undefined, '::/0')))).toEqual(['authorize icmpv6 -1--1 ::/0']);
    expect(kept(listed('::/0'))).toEqual(['authorize icmpv6 -1--1 pl-1']);
    expect(kept(listed('0.0.0.0/0'))).toEqual(['authorize icmp -1--1 pl-1']);
  });

  it('keeps a further protocol by a rule of its own where the parameter lists it', () => {
    const plan = planned(group(permission('-1', undefined, '0.0.0.0/0')), {
      prohibitedPorts: [22],
      keepProtocols: [132, 50, 6],
    });

    expect(plan.changes.map(line)).toContain('authorize 132 all 0.0.0.0/0');
    expect(plan.changes.map(line).filter((one) => one.includes(' 50 '))).toHaveLength(1);
    expect(plan.changes.at(-1)?.text).toContain('other than TCP, UDP, ICMP, 47, 50, 51 and 132 go');
    expect(plan.lossy).toBe(false);
  });

  it('is lossy where a protocol that the parameter lists has no room', () => {
    const plan = planned(group(permission('-1', undefined, '0.0.0.0/0')), {
      allowedPorts: [443],
      keepProtocols: [132],
      rulesQuota: 5,
    });

    expect(plan.losses).toEqual([
      "The group's rule quota has no room to keep tcp 443 from 0.0.0.0/0 open.",
      "The group's rule quota has no room to keep protocol 132 from 0.0.0.0/0 open.",
    ]);
  });

  it('keeps only what is allowed where ports are allowed', () => {
    expect(lines(group(permission('tcp', [0, 65535], '0.0.0.0/0')), { allowedPorts: [443] })).toEqual([
      'authorize tcp 443-443 0.0.0.0/0',
      'revoke tcp 0-65535 0.0.0.0/0',
    ]);
    expect(
      lines(group(permission('-1', undefined, '0.0.0.0/0')), { allowedPorts: [443, '53/udp'] }).slice(0, 3),
    ).toEqual([
      'authorize tcp 443-443 0.0.0.0/0',
      'authorize udp 53-53 0.0.0.0/0',
      'authorize icmp -1--1 0.0.0.0/0',
    ]);
  });

  it('authorizes no rule that is there already, and none twice', () => {
    const open = group(
      permission('-1', undefined, '0.0.0.0/0'),
      permission('tcp', [0, 21], '0.0.0.0/0'),
      permission('icmp', undefined, '0.0.0.0/0'),
      permission('tcp', [20, 22], '0.0.0.0/0'),
      permission('tcp', [20, 23], '0.0.0.0/0'),
    );

    expect(lines(open, { prohibitedPorts: [22] })).toEqual([
      'authorize tcp 23-65535 0.0.0.0/0',
      'authorize udp 0-65535 0.0.0.0/0',
      'authorize 47 all 0.0.0.0/0',
      'authorize 50 all 0.0.0.0/0',
      'authorize 51 all 0.0.0.0/0',
      'authorize tcp 20-21 0.0.0.0/0',
      'authorize tcp 23-23 0.0.0.0/0',
      'revoke -1 all 0.0.0.0/0',
      'revoke tcp 20-22 0.0.0.0/0',
      'revoke tcp 20-23 0.0.0.0/0',
    ]);
  });

  it('leaves references to groups and prefix lists of the same permission alone', () => {
    const open = group({
      ...permission('tcp', 22, '0.0.0.0/0'),
      PrefixListIds: [{ PrefixListId: 'pl-1', Description: 'office' }],
      UserIdGroupPairs: [{ GroupId: 'sg-1', UserId: '111122223333' }],
    });

    expect(lines(open)).toEqual(['revoke tcp 22-22 0.0.0.0/0']);
  });

  it('is lossy when only the sum of several CIDRs is the internet, and takes no more than it must', () => {
    const open = group(permission('tcp', [22, 443], ...eights(20), '81.0.0.0/9', '20.0.0.0/9'));
    const { changes, lossy, losses } = planned(open);

    expect(lossy).toBe(true);
    expect(changes.filter(({ action }) => action === 'revoke')).toHaveLength(5);
    expect(losses).toHaveLength(5);
    expect(losses[0]).toBe(
      'tcp 22-23, 135 closes for 20.0.0.0/8, though that is the internet only together with other sources.',
    );
    expect(evaluated(applyChanges(open, changes)).compliance).toBe('COMPLIANT');
  });

  it('spares a range that lies in another one which goes, or stays', () => {
    const open = group(permission('tcp', 22, ...eights(17), '20.0.0.0/9', '20.128.0.0/9'));

    expect(lines(open)).toEqual(['revoke tcp 22-22 21.0.0.0/8']);
  });

  it('closes the widest of what adds up, and leaves the office, whatever opens the ports', () => {
    const open = group(permission('-1', undefined, ...eights(16)), permission('tcp', 22, '52.95.110.0/24'));

    expect(evaluated(open).compliance).toBe('NON_COMPLIANT');
    expect(lines(open).filter((one) => one.startsWith('revoke'))).toEqual(['revoke -1 all 20.0.0.0/8']);
  });

  it('closes a port of a rule for all traffic that is the internet only with others, and says so', () => {
    const { changes, losses } = planned(group(permission('-1', undefined, ...eights(17))), {
      prohibitedPorts: [22],
    });

    expect(changes.map(line).filter((one) => one.startsWith('revoke'))).toEqual(['revoke -1 all 20.0.0.0/8']);
    expect(changes.map(line)).toContain('authorize tcp 23-65535 20.0.0.0/8');
    expect(losses).toEqual([
      'tcp 22 closes for 20.0.0.0/8, though that is the internet only together with other sources.',
    ]);
  });

  it('is lossless when what is left beside a public CIDR is small', () => {
    const open = group(permission('tcp', 22, '0.0.0.0/0', '52.0.0.0/9'));

    expect(lines(open)).toEqual(['revoke tcp 22-22 0.0.0.0/0']);
    expect(planned(open).lossy).toBe(false);
  });

  it('is lossy when a prefix list that goes holds harmless entries too', () => {
    const open = securityGroupFromApi(
      apiGroup({ ...permission('tcp', [22, 24]), PrefixListIds: [{ PrefixListId: 'pl-1' }] }),
      { prefixLists: { 'pl-1': ['0.0.0.0/0', '198.51.100.7/32'] } },
    );

    expect(lines(open)).toEqual(['authorize tcp 24-24 pl-1', 'revoke tcp 22-24 pl-1']);
    expect(planned(open).losses).toEqual([
      'tcp 22-24 from pl-1 goes with 1 of its entries that are not the internet.',
    ]);
  });

  it('splits nothing, and says so, where the rule quota has no room', () => {
    const open = group(permission('tcp', [22, 26], '0.0.0.0/0'), permission('tcp', 443, '::/0'));

    expect(lines(open, { rulesQuota: 2 })).toEqual([
      'authorize tcp 24-26 0.0.0.0/0',
      'revoke tcp 22-26 0.0.0.0/0',
    ]);
    expect(lines(open, { rulesQuota: 1 })).toEqual(['revoke tcp 22-26 0.0.0.0/0']);
    expect(planned(open, { rulesQuota: 1 }).losses).toEqual([
      "The group's rule quota has no room to keep tcp 24-26 from 0.0.0.0/0 open.",
    ]);
  });

  it('revokes a protocol and ports exactly as AWS holds them', () => {
    expect(planned(group(permission('6', [-1, -1], '0.0.0.0/0'))).changes.at(-1)).toMatchObject({
      action: 'revoke',
      protocol: '6',
      fromPort: -1,
      toPort: -1,
    });
  });
});

describe('a change of a security group', () => {
  it('becomes the permission that EC2 takes, with a description only when it is authorized', () => {
    const change = { text: '', protocol: 'tcp', fromPort: 22, toPort: 22, description: 'admin' };

    expect(ipPermissionOf({ ...change, action: 'revoke', cidr: '0.0.0.0/0' })).toEqual({
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      IpRanges: [{ CidrIp: '0.0.0.0/0' }],
    });
    expect(ipPermissionOf({ ...change, action: 'authorize', cidr: '::/0' })).toEqual({
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      Ipv6Ranges: [{ CidrIpv6: '::/0', Description: 'admin' }],
    });
    expect(ipPermissionOf({ action: 'authorize', text: '', protocol: '47', cidr: '::/0' })).toEqual({
      IpProtocol: '47',
      FromPort: -1,
      ToPort: -1,
      Ipv6Ranges: [{ CidrIpv6: '::/0' }],
    });
    expect(ipPermissionOf({ action: 'revoke', text: '', protocol: '-1', prefixListId: 'pl-1' })).toEqual({
      IpProtocol: '-1',
      PrefixListIds: [{ PrefixListId: 'pl-1' }],
    });
  });
});
