import * as z from 'zod/mini';
import {
  internetParameters,
  portSchema,
  portsOfProtocol,
  severitySchema,
  wholeSchema,
} from '../../resources/security-group/port-parameters';
import {
  lastPort,
  type PortProtocol,
  type PortRange,
  portProtocols,
  withoutPorts,
} from '../../resources/security-group/protocols';

/** What no public service needs to have open to the internet; docs/controls/security-group-open-ports.md gives the reason of each. */
const prohibitedByDefault = [
  22, 23, 135, 445, 1433, 1521, 2375, 3306, 3389, 5432, 5601, 5900, 5985, 6379, 9200, 11211, 27017,
];

const everyPort = 'should leave some port out: it holds every port of a protocol';
const noPort =
  'should hold at least one port, since without one the control finds nothing; to turn the control off, set its flag to off';

/** The parameters by name, for readers that pass over others. */
export const parametersShape = {
  /** Ports that may not be open to the internet. */
  prohibitedPorts: z._default(z.array(portSchema).check(z.minLength(1, noPort)), prohibitedByDefault),
  /** Where it is there, only these ports may be open to the internet, and `prohibitedPorts` says nothing. */
  allowedPorts: z.optional(z.array(portSchema).check(z.refine((ports) => !holdsEveryPort(ports), everyPort))),
  /** IP protocols that a rule for all traffic keeps beside TCP, UDP, ICMP, 47, 50 and 51, each by a rule of its own. */
  keepProtocols: z._default(z.array(wholeSchema(255)), []),
  ...internetParameters,
  /** How bad a violation is while a network interface uses the group, or nobody knows. */
  severity: z._default(severitySchema, 'critical'),
  /** How bad a violation is while nothing uses the group. */
  unattachedSeverity: z._default(severitySchema, 'medium'),
  /** How many rules the group may have for each address family; a fix that needs more at any moment is lossy. */
  rulesQuota: z._default(wholeSchema(1_000, 1), 60),
};

/** The control's parameters, with their defaults. */
export const parametersSchema = z.strictObject(parametersShape);

/** Parameters as the schema returns them. */
export type OpenPortsParameters = z.infer<typeof parametersSchema>;

/** The ports that the parameters prohibit, by protocol; each sorted and merged. */
export function prohibitedPorts(parameters: OpenPortsParameters): Prohibited {
  const before = known.get(parameters);
  if (before !== undefined) return before;
  const prohibited = { tcp: prohibitedOf('tcp', parameters), udp: prohibitedOf('udp', parameters) };
  known.set(parameters, prohibited);
  return prohibited;
}

type Prohibited = Readonly<Record<PortProtocol, readonly PortRange[]>>;

/** By parameters, which are read once and judge many groups. */
const known = new WeakMap<OpenPortsParameters, Prohibited>();

function prohibitedOf(
  protocol: PortProtocol,
  { allowedPorts, prohibitedPorts: prohibited }: OpenPortsParameters,
): PortRange[] {
  if (allowedPorts === undefined) return portsOfProtocol(prohibited, protocol);
  return withoutPorts([{ from: 0, to: lastPort }], portsOfProtocol(allowedPorts, protocol));
}

/** Port 0 is never used: https://www.iana.org/assignments/service-names-port-numbers/ */
function holdsEveryPort(ports: readonly (number | string)[]): boolean {
  return portProtocols.some((protocol) =>
    portsOfProtocol(ports, protocol).some((range) => range.from <= 1 && range.to === lastPort),
  );
}
