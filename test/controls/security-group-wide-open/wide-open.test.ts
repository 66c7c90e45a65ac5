import * as z from 'zod/mini';
import { control } from '../../../controls/security-group-wide-open';
import { applyChanges } from '../../../resources/security-group/changes';
import { type SecurityGroup, securityGroupFromApi } from '../../../resources/security-group/model';
import { apiGroup, evaluated, group, line, permission, planned } from '../support/security-groups';
import { wideEvaluated, widePlanned } from '../support/wide-open';

const lines = (securityGroup: SecurityGroup, overrides: object = {}) =>
  widePlanned(securityGroup, overrides).changes.map(line);

describe('a security group that is wide open', () => {
  it.each([
    ['every TCP port', [permission('tcp', [0, 65535], '0.0.0.0/0')]],
    ['every UDP port, over IPv6', [permission('udp', [0, 65535], '::/0')]],
    ['all protocols', [permission('-1', undefined, '0.0.0.0/0')]],
    ['one port more than may be', [permission('tcp', [10000, 11024], '0.0.0.0/0')]],
    [
      'as many ports in several rules',
      [permission('tcp', [10000, 10999], '0.0.0.0/0'), permission('tcp', [20000, 20099], '52.0.0.0/7')],
    ],
    [
      'ranges that add up to the internet',
      [permission('tcp', [0, 65535], ...Array.from({ length: 17 }, (_, index) => `${20 + index}.0.0.0/8`))],
    ],
  ])('is NON_COMPLIANT: %s', (_name, permissions) => {
    expect(wideEvaluated(group(...permissions)).compliance).toBe('NON_COMPLIANT');
    expect(widePlanned(group(...permissions)).lossy).toBe(control.alwaysLossy);
  });

  it.each([
    ['as many ports as may be', [permission('tcp', [10000, 11023], '0.0.0.0/0')]],
    [
      'the same ports in rules that overlap',
      [permission('tcp', [10000, 11000], '0.0.0.0/0'), permission('tcp', [10500, 11000], '52.0.0.0/7')],
    ],
    [
      'ports of two protocols, few of each',
      [permission('tcp', [1, 1000], '0.0.0.0/0'), permission('udp', [1, 1000], '0.0.0.0/0')],
    ],
    [
      'ports of two address families, few of each',
      [permission('tcp', [1, 1000], '0.0.0.0/0'), permission('tcp', [2001, 3000], '::/0')],
    ],
    ['a prohibited port', [permission('tcp', 22, '0.0.0.0/0')]],
    ['every port, from a private network', [permission('-1', undefined, '10.0.0.0/8')]],
    ['every type of ICMP', [permission('icmp', [-1, -1], '0.0.0.0/0')]],
  ])('is COMPLIANT: %s', (_name, permissions) => {
    expect(wideEvaluated(group(...permissions))).toEqual({ compliance: 'COMPLIANT', violations: [] });
    expect(widePlanned(group(...permissions))).toEqual({ changes: [], lossy: false, losses: [] });
  });

  it('is told by protocol and family, with how many ports', () => {
    const open = apiGroup(permission('-1', undefined, '0.0.0.0/0'));

    expect(wideEvaluated(securityGroupFromApi(open, { attached: false })).violations).toEqual(
      ['tcp', 'udp'].map((protocol) => ({
        kind: 'wide-open',
        text: `65536 ${protocol.toUpperCase()} ports, more than 1024, are open to the internet: 0.0.0.0/0.`,
        detail: {
          protocol,
          ports: 65536,
          mostPorts: 1024,
          family: 'ipv4',
          sources: ['0.0.0.0/0'],
          severity: 'medium',
        },
      })),
    );
    expect(control.severity).toBe('high');
  });

  it('is undecided while the entries of a prefix list are not known', () => {
    const listed = (ports: [number, number], prefixLists: Record<string, string[]> = {}) =>
      control.undecided?.(
        securityGroupFromApi(
          apiGroup({ ...permission('tcp', ports), PrefixListIds: [{ PrefixListId: 'pl-1' }] }),
          { prefixLists },
        ),
        z.parse(control.parameters, {}),
      );

    expect(listed([1, 2000])).toContain('pl-1');
    expect(listed([1, 2000], { 'pl-1': ['198.51.100.0/24'] })).toBeUndefined();
    expect(listed([1, 1000])).toBeUndefined();
  });
});

describe('the plan for a security group that is wide open', () => {
  it('leaves 80 and 443 of a rule for all ports or all traffic, and is lossy', () => {
    const all = group(permission('-1', undefined, '0.0.0.0/0'));

    expect(lines(all)).toEqual([
      'authorize tcp 80-80 0.0.0.0/0',
      'authorize tcp 443-443 0.0.0.0/0',
      'revoke -1 all 0.0.0.0/0',
    ]);
    expect(widePlanned(all)).toMatchObject({
      lossy: true,
      losses: ['All traffic except tcp 80, 443 closes to 0.0.0.0/0, even where something uses it.'],
    });
    expect(lines(group(permission('udp', [0, 65535], '::/0')))).toEqual(['revoke udp 0-65535 ::/0']);
  });

  it('opens nothing of what is kept that was closed', () => {
    expect(lines(group(permission('tcp', [400, 9000], '0.0.0.0/0')))).toEqual([
      'authorize tcp 443-443 0.0.0.0/0',
      'revoke tcp 400-9000 0.0.0.0/0',
    ]);
  });

  it('narrows the widest rules, and leaves narrow ones, which were made on purpose', () => {
    const open = group(
      permission('tcp', [0, 65535], '0.0.0.0/0'),
      permission('tcp', [8000, 8100], '0.0.0.0/0'),
      permission('tcp', [1, 65535], '10.0.0.0/8'),
    );

    expect(lines(open)).toEqual([
      'authorize tcp 80-80 0.0.0.0/0',
      'authorize tcp 443-443 0.0.0.0/0',
      'revoke tcp 0-65535 0.0.0.0/0',
    ]);
  });

  it('counts what open-ports left of a rule for all ports', () => {
    const open = group(permission('tcp', [0, 65535], '0.0.0.0/0'));
    const split = applyChanges(open, planned(open).changes);

    expect(evaluated(split).compliance).toBe('COMPLIANT');
    expect(wideEvaluated(split).compliance).toBe('NON_COMPLIANT');
    expect(wideEvaluated(applyChanges(split, widePlanned(split).changes)).compliance).toBe('COMPLIANT');
  });

  it('takes its ports from the parameters', () => {
    expect(
      lines(group(permission('tcp', [1, 100], '0.0.0.0/0')), {
        mostPorts: 10,
        keepOpen: ['20-25', '53/udp'],
      }),
    ).toEqual(['authorize tcp 20-25 0.0.0.0/0', 'revoke tcp 1-100 0.0.0.0/0']);
  });
});

describe('the parameters of security-group-wide-open', () => {
  it.each([
    { mostPorts: 1, keepOpen: [80, 443] },
    { keepOpen: ['1-2000/udp'] },
    { mostPorts: -1 },
    { prohibitedPorts: [22] },
  ])('refuse %j', (parameters) => {
    expect(z.safeParse(control.parameters, parameters).success).toBe(false);
  });
});
