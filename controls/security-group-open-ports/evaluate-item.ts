import { compliant, type Evaluation } from '../../core/evaluation';
import { broadPartOf, type Traffic } from '../../resources/security-group/plain-item';
import {
  lastPort,
  type PortProtocol,
  type PortRange,
  portProtocol,
} from '../../resources/security-group/protocols';
import { evaluate } from './evaluate';
import { type OpenPortsParameters, prohibitedPorts } from './parameters';

/** What `evaluate` says of the group in a configuration item, where a short look at the item is enough; else undefined. */
export function evaluateItem(item: unknown, parameters: OpenPortsParameters): Evaluation | undefined {
  const broad = broadPartOf(item, parameters);
  if (broad === undefined) return undefined;
  const counts = countsOf(parameters);
  return broad.traffic.some((some) => reaches(some, counts))
    ? evaluate(broad.group(), parameters)
    : compliant();
}

/** Whether the ports hold a prohibited one. */
function reaches({ protocol, fromPort = 0, toPort = lastPort }: Traffic, counts: Counts): boolean {
  const reachesAny = (below: Uint32Array) => (below[toPort + 1] ?? 0) > (below[fromPort] ?? 0);
  switch (portProtocol(protocol)) {
    case 'tcp':
      return reachesAny(counts.tcp);
    case 'udp':
      return reachesAny(counts.udp);
    default:
      return reachesAny(counts.tcp) || reachesAny(counts.udp);
  }
}

/** How many prohibited ports there are below each port, by protocol. */
type Counts = Readonly<Record<PortProtocol, Uint32Array>>;

/** By parameters, which are read once and judge many groups. */
const known = new WeakMap<OpenPortsParameters, Counts>();

function countsOf(parameters: OpenPortsParameters): Counts {
  const before = known.get(parameters);
  if (before !== undefined) return before;
  const { tcp, udp } = prohibitedPorts(parameters);
  const counts = { tcp: countsBelow(tcp), udp: countsBelow(udp) };
  known.set(parameters, counts);
  return counts;
}

function countsBelow(ranges: readonly PortRange[]): Uint32Array {
  const counts = new Uint32Array(lastPort + 2);
  for (const { from, to } of ranges) counts.fill(1, from + 1, to + 2);
  for (let port = 1; port < counts.length; port++) {
    counts[port] = (counts[port] ?? 0) + (counts[port - 1] ?? 0);
  }
  return counts;
}
