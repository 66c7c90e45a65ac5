import * as z from 'zod/mini';
import { control } from '../../../controls/security-group-open-ports';
import type { OpenPortsParameters } from '../../../controls/security-group-open-ports/parameters';
import { plan } from '../../../controls/security-group-open-ports/plan';
import type { IngressRule } from '../../../resources/security-group/ingress-rule';
import { type SecurityGroup, securityGroupFromApi } from '../../../resources/security-group/model';

/** A group as DescribeSecurityGroups answers it. */
export function apiGroup(...IpPermissions: object[]): object {
  return {
    GroupId: 'sg-0123456789abcdef0',
    GroupName: 'web',
    VpcId: 'vpc-1',
    OwnerId: '111122223333',
    IpPermissions,
  };
}

/** A permission as DescribeSecurityGroups answers it, for IPv4 and IPv6 CIDR blocks. */
export function permission(
  protocol: string,
  ports: number | [number, number] | undefined,
  ...cidrs: string[]
): object {
  const [FromPort, ToPort] = typeof ports === 'number' ? [ports, ports] : (ports ?? []);
  return {
    IpProtocol: protocol,
    ...(ports === undefined ? {} : { FromPort, ToPort }),
    IpRanges: cidrs.filter((cidr) => !cidr.includes(':')).map((CidrIp) => ({ CidrIp })),
    Ipv6Ranges: cidrs.filter((cidr) => cidr.includes(':')).map((CidrIpv6) => ({ CidrIpv6 })),
    PrefixListIds: [],
    UserIdGroupPairs: [],
  };
}

export function group(...permissions: object[]): SecurityGroup {
  return securityGroupFromApi(apiGroup(...permissions));
}

export function parameters(overrides: object = {}): OpenPortsParameters {
  return z.parse(control.parameters, overrides);
}

export function evaluated(securityGroup: SecurityGroup, overrides: object = {}) {
  return control.evaluate(securityGroup, parameters(overrides));
}

export function planned(securityGroup: SecurityGroup, overrides: object = {}) {
  return plan(securityGroup, parameters(overrides));
}

/** A rule or a change in one line: `tcp 22-22 0.0.0.0/0`. */
export function line(rule: IngressRule | ReturnType<typeof planned>['changes'][number]): string {
  const source =
    'source' in rule
      ? 'cidr' in rule.source
        ? rule.source.cidr
        : 'prefixListId' in rule.source
          ? rule.source.prefixListId
          : rule.source.groupId
      : (rule.cidr ?? rule.prefixListId ?? '');
  const ports = rule.fromPort === undefined ? 'all' : `${rule.fromPort}-${rule.toPort}`;
  return [...('action' in rule ? [rule.action] : []), rule.protocol, ports, source].join(' ');
}
