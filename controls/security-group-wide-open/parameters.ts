import * as z from 'zod/mini';
import {
  countPorts,
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
} from '../../resources/security-group/protocols';

/** The parameters by name, for readers that pass over others. */
export const parametersShape = {
  /** How many ports of a protocol may be open to the internet. */
  mostPorts: z._default(wholeSchema(lastPort), 1_024),
  /** What stays open of a rule that is narrowed, as far as it was open. */
  keepOpen: z._default(z.array(portSchema), [80, 443]),
  ...internetParameters,
  /** How bad a violation is while a network interface uses the group, or nobody knows. */
  severity: z._default(severitySchema, 'high'),
  /** How bad a violation is while nothing uses the group. */
  unattachedSeverity: z._default(severitySchema, 'medium'),
  /** How many rules the group may have for each address family, while the fix is made. */
  rulesQuota: z._default(wholeSchema(1_000, 1), 60),
};

/** The control's parameters, with their defaults. */
export const parametersSchema = z.strictObject(parametersShape).check(
  z.refine(
    ({ keepOpen, mostPorts }) =>
      portProtocols.every((protocol) => countPorts(portsOfProtocol(keepOpen, protocol)) <= mostPorts),
    {
      path: ['keepOpen'],
      error: 'should hold at most as many ports of a protocol as mostPorts allows: nothing would comply else',
    },
  ),
);

/** Parameters as the schema returns them. */
export type WideOpenParameters = z.infer<typeof parametersSchema>;

/** The ports that a rule which is narrowed keeps, by protocol; sorted and merged. */
export function portsToKeep(parameters: WideOpenParameters): Kept {
  const before = known.get(parameters);
  if (before !== undefined) return before;
  const { keepOpen } = parameters;
  const kept = { tcp: portsOfProtocol(keepOpen, 'tcp'), udp: portsOfProtocol(keepOpen, 'udp') };
  known.set(parameters, kept);
  return kept;
}

type Kept = Readonly<Record<PortProtocol, readonly PortRange[]>>;

/** By parameters, which are read once and judge many groups. */
const known = new WeakMap<WideOpenParameters, Kept>();
