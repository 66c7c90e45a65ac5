import { type SecurityGroup, securityGroupFromApi } from '../../../controls/resources/security-group';
import { applyChanges, ipPermissionOf } from '../../../controls/resources/security-group-changes';
import { apiGroup, evaluated, group, line, permission, planned } from '../support/security-groups';

const lines = (securityGroup: SecurityGroup, parameters: object = {}) =>
  planned(securityGroup, parameters).changes.map(line);

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
        { protocol: '-1', source: { kind: 'cidr', cidr: '::/0' }, tags: [{ Key: 'a', Value: '' }] },
        { protocol: 'tcp', fromPort: 20, toPort: 30, source: { kind: 'cidr', cidr: '52.0.0.0/7' } },
      ],
    };

    const tags = planned(open).changes.map((change) => `${line(change)} ${JSON.stringify(change.tags)}`);
    expect(tags.toSorted()).toEqual([
      'authorize tcp 20-21 0.0.0.0/0 [{"Key":"owner","Value":"ops"}]',
      'authorize tcp 20-21 52.0.0.0/7 undefined',
      'authorize tcp 23-30 0.0.0.0/0 [{"Key":"owner","Value":"ops"}]',
      'authorize tcp 23-30 52.0.0.0/7 undefined',
      'authorize tcp 443-443 ::/0 [{"Key":"a","Value":""}]',
      'authorize tcp 80-80 ::/0 [{"Key":"a","Value":""}]',
      'revoke -1 all ::/0 undefined',
      'revoke tcp 20-30 0.0.0.0/0 undefined',
      'revoke tcp 20-30 52.0.0.0/7 undefined',
    ]);
    expect(applyChanges(open, planned(open).changes).ingress[0]?.tags).toBeDefined();
  });

  it('keeps 80 and 443 of a rule that is open on all protocols or all ports', () => {
    expect(lines(group(permission('-1', undefined, '0.0.0.0/0')))).toEqual([
      'authorize tcp 80-80 0.0.0.0/0',
      'authorize tcp 443-443 0.0.0.0/0',
      'revoke -1 all 0.0.0.0/0',
    ]);
    expect(lines(group(permission('tcp', [0, 65535], '::/0')))).toEqual([
      'authorize tcp 80-80 ::/0',
      'authorize tcp 443-443 ::/0',
      'revoke tcp 0-65535 ::/0',
    ]);
    expect(lines(group(permission('udp', [0, 65535], '::/0')), { keepOpen: [443, '443/udp'] })).toEqual([
      'authorize udp 443-443 ::/0',
      'revoke udp 0-65535 ::/0',
    ]);
  });

  it('does not keep open what is prohibited', () => {
    expect(lines(group(permission('-1', undefined, '0.0.0.0/0')), { prohibitedPorts: [80] })).toEqual([
      'authorize tcp 443-443 0.0.0.0/0',
      'revoke -1 all 0.0.0.0/0',
    ]);
    expect(lines(group(permission('-1', undefined, '0.0.0.0/0')), { allowedPorts: [443] })).toEqual([
      'authorize tcp 443-443 0.0.0.0/0',
      'revoke -1 all 0.0.0.0/0',
    ]);
  });

  it('authorizes no rule that is there already, and none twice', () => {
    const open = group(
      permission('-1', undefined, '0.0.0.0/0'),
      permission('tcp', 443, '0.0.0.0/0'),
      permission('tcp', [20, 22], '0.0.0.0/0'),
      permission('tcp', [20, 23], '0.0.0.0/0'),
    );

    expect(lines(open)).toEqual([
      'authorize tcp 80-80 0.0.0.0/0',
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

  it('is lossy when only the union of several CIDRs is the internet, and takes no more than it must', () => {
    const twelves = Array.from(
      { length: 32 },
      (_, index) => `${52 + (index >> 4)}.${(index % 16) * 16}.0.0/12`,
    );
    const open = group(permission('tcp', 22, ...twelves));
    const { changes, lossy, losses } = planned(open);

    expect(lossy).toBe(true);
    expect(changes).toHaveLength(16);
    expect(losses).toHaveLength(16);
    expect(evaluated(applyChanges(open, changes)).compliance).toBe('COMPLIANT');
  });

  it('counts all protocols at every port, and spares such a rule where a narrower one can go', () => {
    const open = group(permission('-1', undefined, '52.0.0.0/8'), permission('tcp', [22, 23], '53.0.0.0/9'));

    expect(evaluated(open).compliance).toBe('NON_COMPLIANT');
    expect(lines(open)).toEqual(['authorize tcp 23-23 53.0.0.0/9', 'revoke tcp 22-23 53.0.0.0/9']);
    expect(planned(open).lossy).toBe(true);
  });

  it('is lossless when what is left beside a public CIDR is small', () => {
    const open = group(permission('tcp', 22, '0.0.0.0/0', '52.0.0.0/9'));

    expect(lines(open)).toEqual(['revoke tcp 22-22 0.0.0.0/0']);
    expect(planned(open).lossy).toBe(false);
  });

  it('is lossy when a prefix list that goes holds harmless entries too', () => {
    const open = securityGroupFromApi(
      apiGroup({ ...permission('tcp', [22, 23]), PrefixListIds: [{ PrefixListId: 'pl-1' }] }),
      { prefixLists: { 'pl-1': ['0.0.0.0/0', '198.51.100.7/32'] } },
    );

    expect(lines(open)).toEqual(['authorize tcp 23-23 pl-1', 'revoke tcp 22-23 pl-1']);
    expect(planned(open).losses).toEqual([
      'tcp 22-23 from pl-1 goes with 1 of its entries that are not the internet.',
    ]);
  });

  it('splits nothing, and says so, where the rule quota has no room', () => {
    const open = group(permission('tcp', [22, 25], '0.0.0.0/0'), permission('tcp', 443, '::/0'));

    expect(lines(open, { rulesQuota: 2 })).toEqual([
      'authorize tcp 23-25 0.0.0.0/0',
      'revoke tcp 22-25 0.0.0.0/0',
    ]);
    expect(lines(open, { rulesQuota: 1 })).toEqual(['revoke tcp 22-25 0.0.0.0/0']);
    expect(planned(open, { rulesQuota: 1 }).losses).toEqual([
      "The group's rule quota has no room to keep tcp 23-25 from 0.0.0.0/0 open.",
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
    expect(ipPermissionOf({ action: 'revoke', text: '', protocol: '-1', prefixListId: 'pl-1' })).toEqual({
      IpProtocol: '-1',
      PrefixListIds: [{ PrefixListId: 'pl-1' }],
    });
  });
});
