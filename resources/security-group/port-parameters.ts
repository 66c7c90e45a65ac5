import * as z from 'zod/mini';
import type { Severity } from '../../core/violation';
import { lastPort, mergePorts, type PortProtocol, type PortRange } from './protocols';

/** `22`, `"22"`, `"8000-8100"`, `"53/udp"`: TCP unless it says otherwise. */
const portPattern = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp))?$/;

/** A port of a parameter, as the policy writes it. */
export type PortText = number | string;

/** Ports of a parameter. */
export const portSchema = z.custom<PortText>(
  (port) => readPort(port) !== undefined,
  'should be a port, a range or one with its protocol: 22, "8000-8100" or "53/udp"',
);

const severities: readonly unknown[] = ['critical', 'high', 'medium', 'low'] satisfies Severity[];

/** How bad a violation is. */
export const severitySchema = z.custom<Severity>(
  (severity) => severities.includes(severity),
  `should be one of ${severities.join(', ')}`,
);

/** A whole number up to `most`. Written out, since the schema for numbers is too large for a rule function's bundle. */
export const wholeSchema = (most: number, least = 0) =>
  z.custom<number>(
    (number) => Number.isInteger(number) && Number(number) >= least && Number(number) <= most,
    `should be a whole number from ${least} to ${most}`,
  );

/** The parameters that draw the lines from which on addresses are the internet, with their defaults. */
export const internetParameters = {
  /** A range is the internet when it holds more addresses than an IPv4 block of this prefix length. */
  ipv4Prefix: z._default(wholeSchema(32), 8),
  /** The same for IPv6. */
  ipv6Prefix: z._default(wholeSchema(128), 32),
  /** Ranges that are harmless each by itself are the internet together when they hold more than such an IPv4 block. */
  ipv4SumPrefix: z._default(wholeSchema(32), 4),
  /** The same for IPv6. */
  ipv6SumPrefix: z._default(wholeSchema(128), 20),
};

/** Those of the ports that are of a protocol, sorted and merged. */
export function portsOfProtocol(ports: readonly PortText[], protocol: PortProtocol): PortRange[] {
  const read = ports.map(readPort).filter((port) => port?.protocol === protocol);
  return mergePorts(read.flatMap((port) => (port === undefined ? [] : [{ from: port.from, to: port.to }])));
}

/** How many ports ranges hold that do not overlap. */
export function countPorts(ranges: readonly PortRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

function readPort(port: unknown): (PortRange & { protocol: PortProtocol }) | undefined {
  if (typeof port !== 'number' && typeof port !== 'string') return undefined;
  const [, first, last, protocol] = portPattern.exec(String(port)) ?? [];
  if (first === undefined) return undefined;
  const from = Number(first);
  const to = last === undefined ? from : Number(last);
  return from > to || to > lastPort ? undefined : { from, to, protocol: protocol === 'udp' ? 'udp' : 'tcp' };
}
