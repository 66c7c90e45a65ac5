import { familyOf } from '../../resources/kit/addresses';
import { narrowed } from '../../resources/security-group/entries';
import type { IngressRule, RuleSource } from '../../resources/security-group/ingress-rule';
import {
  icmpProtocol,
  lastPort,
  mergePorts,
  type PortProtocol,
  type PortRange,
  portProtocol,
  portProtocols,
  withoutPorts,
} from '../../resources/security-group/protocols';
import type { Closing } from './exposure';

/** GRE, ESP and AH, which tunnels use: https://www.iana.org/assignments/protocol-numbers/ */
const tunnels = [47, 50, 51];

const everyPort: PortRange = { from: 0, to: lastPort };

const everyType: PortRange = { from: -1, to: -1 };

/**
 * The rules that keep everything of a rule but the ports that are closed. A rule for all traffic becomes one for each kind of
 * traffic, as far as they can be told apart in a few rules.
 * @param keepProtocols numbers of IP protocols that a rule for all traffic keeps too
 */
export function keptRules({ entry, closed }: Closing, keepProtocols: readonly number[]): IngressRule[] {
  const { rule, protocol, ports } = entry;
  const without = (name: PortProtocol, all: PortRange) =>
    withoutPorts([all], mergePorts(closed.filter((one) => one.protocol === name).map((one) => one.ports)));
  if (protocol !== '-1') return without(protocol, ports).map((range) => narrowed(rule, rule.protocol, range));
  const kept: IngressRule[] = [];
  for (const name of portProtocols) {
    for (const range of without(name, everyPort)) kept.push(narrowed(rule, name, range));
  }
  for (const name of icmpOf(rule.source)) kept.push(narrowed(rule, name, everyType));
  for (const number of numbersKept(keepProtocols)) kept.push(narrowed(rule, String(number)));
  return kept;
}

/** The IP protocols that a rule for all traffic keeps, for people. */
export function keptProtocols(keepProtocols: readonly number[]): string {
  const names = ['TCP', 'UDP', 'ICMP', ...numbersKept(keepProtocols).map(String)];
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function numbersKept(keepProtocols: readonly number[]): number[] {
  const further = keepProtocols.filter(
    (number) => portProtocol(String(number)) === undefined && icmpProtocol(String(number)) === undefined,
  );
  return [...new Set([...tunnels, ...further])];
}

/** ICMP is another protocol for each address family. */
function icmpOf(source: RuleSource): ('icmp' | 'icmpv6')[] {
  const cidrs =
    source.kind === 'cidr' ? [source.cidr] : source.kind === 'prefixList' ? (source.cidrs ?? []) : [];
  const families = new Set(cidrs.map(familyOf));
  return [
    ...(families.has('ipv4') ? (['icmp'] as const) : []),
    ...(families.has('ipv6') ? (['icmpv6'] as const) : []),
  ];
}
