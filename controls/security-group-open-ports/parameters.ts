import * as z from 'zod/mini';
import type { Severity } from '../control';
import {
  lastPort,
  mergePorts,
  type PortProtocol,
  type PortRange,
  portProtocols,
  withoutPorts,
} from '../resources/protocols';

/** `22`, `"22"`, `"8000-8100"`, `"53/udp"`: TCP unless it says otherwise. */
const portPattern = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp))?$/;

const portSchema = z.custom<number | string>(
  (port) => readPort(port) !== undefined,
  'should be a port, a range or one with its protocol: 22, "8000-8100" or "53/udp"',
);

const everyPort = 'should leave some port out: it holds every port of a protocol';

const portsSchema = z.array(portSchema).check(z.refine((ports) => !holdsEveryPort(ports), everyPort));

const severities: readonly unknown[] = ['critical', 'high', 'medium', 'low'] satisfies Severity[];

const severitySchema = z.custom<Severity>(
  (severity) => severities.includes(severity),
  `should be one of ${severities.join(', ')}`,
);

/** A whole number up to `most`. Written out, since the schema for numbers is too large for a rule function's bundle. */
const wholeSchema = (most: number) =>
  z.custom<number>(
    (number) => Number.isInteger(number) && Number(number) >= 0 && Number(number) <= most,
    `should be a whole number from 0 to ${most}`,
  );

/** The control's parameters, with their defaults. */
export const parametersSchema = z.strictObject({
  /** Ports that may not be open to the internet. */
  prohibitedPorts: z._default(z.array(portSchema), [22, 1433, 3306, 3389]),
  /** Where it is there, only these ports may be open to the internet, and `prohibitedPorts` says nothing. */
  allowedPorts: z.optional(portsSchema),
  /** What stays open where a rule was open on all ports or all protocols, unless it is prohibited itself. */
  keepOpen: z._default(portsSchema, [80, 443]),
  /** A rule is open to the internet when it lets in more addresses than an IPv4 block of this prefix length holds. */
  ipv4Prefix: z._default(wholeSchema(32), 8),
  /** The same for IPv6. */
  ipv6Prefix: z._default(wholeSchema(128), 32),
  /** How bad a violation is while a network interface uses the group, or nobody knows. */
  severity: z._default(severitySchema, 'critical'),
  /** How bad a violation is while nothing uses the group. */
  unattachedSeverity: z._default(severitySchema, 'medium'),
  /** How many rules the group may have for each address family; a plan that needs more at any moment splits nothing. */
  rulesQuota: z.optional(wholeSchema(10_000)),
});

/** Parameters as the schema returns them. */
export type OpenPortsParameters = z.infer<typeof parametersSchema>;

/** What the parameters say of one protocol's ports. */
export interface PortRules {
  prohibited: PortRange[];
  keepOpen: PortRange[];
}

/** The ports that the parameters prohibit, and the ones to keep open, by protocol; each sorted and merged. */
export function portRules(parameters: OpenPortsParameters): Record<PortProtocol, PortRules> {
  return { tcp: rulesOf('tcp', parameters), udp: rulesOf('udp', parameters) };
}

function rulesOf(protocol: PortProtocol, parameters: OpenPortsParameters): PortRules {
  const { allowedPorts, prohibitedPorts, keepOpen } = parameters;
  const prohibited =
    allowedPorts === undefined
      ? portsOf(prohibitedPorts, protocol)
      : withoutPorts([{ from: 0, to: lastPort }], portsOf(allowedPorts, protocol));
  return { prohibited, keepOpen: withoutPorts(portsOf(keepOpen, protocol), prohibited) };
}

function portsOf(ports: readonly (number | string)[], protocol: PortProtocol): PortRange[] {
  const read = ports.map(readPort).filter((port) => port?.protocol === protocol);
  return mergePorts(read.flatMap((port) => (port === undefined ? [] : [{ from: port.from, to: port.to }])));
}

function readPort(port: unknown): (PortRange & { protocol: PortProtocol }) | undefined {
  if (typeof port !== 'number' && typeof port !== 'string') return undefined;
  const [, first, last, protocol] = portPattern.exec(String(port)) ?? [];
  if (first === undefined) return undefined;
  const from = Number(first);
  const to = last === undefined ? from : Number(last);
  return from > to || to > lastPort ? undefined : { from, to, protocol: protocol === 'udp' ? 'udp' : 'tcp' };
}

/** Port 0 is never used: https://www.iana.org/assignments/service-names-port-numbers/ */
function holdsEveryPort(ports: readonly (number | string)[]): boolean {
  return portProtocols.some((protocol) =>
    portsOf(ports, protocol).some((range) => range.from <= 1 && range.to === lastPort),
  );
}
