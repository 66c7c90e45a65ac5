import fc from 'fast-check';
import { prohibitedPorts } from '../../../controls/security-group-open-ports/parameters';
import { ResourceInputError } from '../../../core/errors';
import { internetSize, parseCidr } from '../../../resources/kit/addresses';
import { applyChanges } from '../../../resources/security-group/changes';
import { type IngressRule, ruleKey, sourceKey } from '../../../resources/security-group/ingress-rule';
import {
  type SecurityGroup,
  securityGroupFromApi,
  securityGroupFromConfigurationItem,
} from '../../../resources/security-group/model';
import type { PortRange } from '../../../resources/security-group/protocols';
import { apiGroups, damaged, openPortsParameters, prefixLists, runs } from '../support/arbitraries';
import { evaluated, parameters, planned } from '../support/security-groups';

const groups = fc
  .tuple(apiGroups, prefixLists)
  .map(([group, lists]) => securityGroupFromApi(group, lists === undefined ? {} : { prefixLists: lists }));

const protocolOf = ({ protocol }: IngressRule) => (protocol === '6' ? 'tcp' : protocol);
const holds = (ranges: readonly PortRange[], port: number) =>
  ranges.some(({ from, to }) => from <= port && port <= to);

/** Whether a rule lets its source reach this port. */
function opens(rule: IngressRule, protocol: string, port: number): boolean {
  if (rule.protocol === '-1') return true;
  return protocolOf(rule) === protocol && (rule.fromPort ?? 0) <= port && port <= (rule.toPort ?? 65535);
}

/** Whether a source holds a range that is the internet all by itself. */
function isInternet({ source }: IngressRule): boolean {
  const cidrs =
    source.kind === 'cidr' ? [source.cidr] : source.kind === 'prefixList' ? (source.cidrs ?? []) : [];
  const ranges = cidrs.map((cidr) => parseCidr(cidr, 'cidr'));
  return ranges.some(
    (range) => internetSize([range], 'ipv4') > 1n << 24n || internetSize([range], 'ipv6') > 1n << 96n,
  );
}

/** The ends of the rule's ports, and the interesting ones between. */
function portsOf(rule: IngressRule): number[] {
  const { fromPort = 0, toPort = 65535 } = rule;
  return [fromPort, 21, 22, 23, 80, 443, 1433, 3306, 3307, 8080, toPort].filter(
    (port) => port >= fromPort && port <= toPort,
  );
}

/** Every protocol, port and source that was harmless and open before, and is closed after. */
function lost(before: SecurityGroup, after: SecurityGroup, overrides: object): string[] {
  const prohibited = prohibitedPorts(parameters(overrides));
  const reachable = (rule: IngressRule, protocol: string, port: number) =>
    after.ingress.some(
      (other) => sourceKey(other.source) === sourceKey(rule.source) && opens(other, protocol, port),
    );
  return before.ingress.flatMap((rule) => {
    const protocol = protocolOf(rule);
    if (after.ingress.some((other) => ruleKey(other) === ruleKey(rule))) return [];
    if (protocol !== '-1' && protocol !== 'tcp' && protocol !== 'udp') return [ruleKey(rule)];
    return (protocol === '-1' ? (['tcp', 'udp'] as const) : ([protocol] as const)).flatMap((name) =>
      portsOf(rule)
        .filter((port) => !isInternet(rule) || !holds(prohibited[name], port))
        .filter((port) => !reachable(rule, name, port))
        .map((port) => `${name} ${port} ${sourceKey(rule.source)}`),
    );
  });
}

describe('whatever the security group', () => {
  it('complies after its plan, and the next plan is empty', () => {
    fc.assert(
      fc.property(groups, openPortsParameters, (group, overrides) => {
        const after = applyChanges(group, planned(group, overrides).changes);

        expect(evaluated(after, overrides)).toEqual({ compliance: 'COMPLIANT', violations: [] });
        expect(planned(after, overrides)).toEqual({ changes: [], lossy: false, losses: [] });
      }),
      runs,
    );
  });

  it('has changes exactly when it is NON_COMPLIANT, and losses exactly when the plan is lossy', () => {
    fc.assert(
      fc.property(groups, openPortsParameters, (group, overrides) => {
        const { changes, lossy, losses } = planned(group, overrides);

        expect(changes.length > 0).toBe(evaluated(group, overrides).compliance === 'NON_COMPLIANT');
        expect(lossy).toBe(losses.length > 0);
      }),
      runs,
    );
  });

  it('loses nothing harmless, unless its plan says lossy', () => {
    fc.assert(
      fc.property(groups, openPortsParameters, (group, overrides) => {
        const { changes, lossy } = planned(group, overrides);
        if (!lossy) expect(lost(group, applyChanges(group, changes), overrides)).toEqual([]);
      }),
      runs,
    );
  });

  it('opens nothing that was closed', () => {
    fc.assert(
      fc.property(groups, openPortsParameters, (group, overrides) => {
        for (const rule of applyChanges(group, planned(group, overrides).changes).ingress) {
          const covering = group.ingress.some(
            (other) =>
              sourceKey(other.source) === sourceKey(rule.source) &&
              (other.protocol === '-1' ||
                (protocolOf(other) === protocolOf(rule) &&
                  (other.fromPort ?? 0) <= (rule.fromPort ?? 0) &&
                  (other.toPort ?? 65535) >= (rule.toPort ?? 65535))),
          );
          expect(covering).toBe(true);
        }
      }),
      runs,
    );
  });

  it('authorizes only rules that are not there, each once, and all before it revokes rules that are', () => {
    fc.assert(
      fc.property(groups, openPortsParameters, (group, overrides) => {
        const { changes } = planned(group, overrides);
        const steps = changes.map((change) => {
          const after = applyChanges(group, [change]);
          return after.ingress.length - group.ingress.length;
        });

        expect(steps).toEqual(steps.toSorted((a, b) => b - a));
        expect(steps).not.toContain(0);
        expect(changes.map(({ action }) => (action === 'authorize' ? 1 : -1))).toEqual(steps);
      }),
      runs,
    );
  });

  it('is as it was, descriptions included, when the plan is taken back', () => {
    fc.assert(
      fc.property(groups, openPortsParameters, (group, overrides) => {
        const { changes } = planned(group, overrides);
        const back = changes.toReversed().map((change) => ({
          ...change,
          action: change.action === 'revoke' ? ('authorize' as const) : ('revoke' as const),
        }));
        const sorted = ({ ingress }: SecurityGroup) =>
          ingress.toSorted((a, b) => (ruleKey(a) < ruleKey(b) ? -1 : 1));
        const after = applyChanges(group, changes);

        expect(
          sorted(applyChanges(after, back)).map(({ source, ...rule }) => [rule, sourceKey(source)]),
        ).toEqual(sorted(group).map(({ source, ...rule }) => [rule, sourceKey(source)]));
      }),
      runs,
    );
  });
});

describe('whatever the input', () => {
  const item = {
    resourceType: 'AWS::EC2::SecurityGroup',
    configuration: {
      groupId: 'sg-1',
      ipPermissions: [
        {
          ipProtocol: 'tcp',
          fromPort: 22,
          toPort: 22,
          ipRanges: ['0.0.0.0/0'],
          ipv4Ranges: [{ cidrIp: '0.0.0.0/0', description: 'all' }],
          ipv6Ranges: [{ cidrIpv6: '::/0' }],
          prefixListIds: [{ prefixListId: 'pl-1' }],
          userIdGroupPairs: [{ groupId: 'sg-2', userId: '111122223333' }],
        },
      ],
    },
    relationships: [{ resourceType: 'AWS::EC2::NetworkInterface' }],
  };

  it.each([
    ['a damaged item', damaged(item), securityGroupFromConfigurationItem],
    [
      'a damaged group',
      damaged({ GroupId: 'sg-1', IpPermissions: item.configuration.ipPermissions }),
      securityGroupFromApi,
    ],
    ['anything', fc.anything(), securityGroupFromApi],
  ])('only a ResourceInputError is thrown: %s', (_name, inputs, read) => {
    fc.assert(
      fc.property(inputs, (input) => {
        try {
          const group = read(input);
          planned(group);
          evaluated(group);
        } catch (error) {
          expect(error).toBeInstanceOf(ResourceInputError);
        }
      }),
      runs,
    );
  });
});
