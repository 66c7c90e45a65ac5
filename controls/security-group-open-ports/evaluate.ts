import type { Evaluation } from '../../core/evaluation';
import type { Violation } from '../../core/violation';
import type { Danger } from '../../resources/kit/internet';
import { type ExposedPorts, mergeExposed, sameSources } from '../../resources/security-group/exposed-ports';
import { namedSources, severityOf } from '../../resources/security-group/group-violation';
import type { SecurityGroup } from '../../resources/security-group/model';
import { countPorts } from '../../resources/security-group/port-parameters';
import { type PortProtocol, type PortRange, portProtocols } from '../../resources/security-group/protocols';
import { exposuresOf } from './exposure';
import { type OpenPortsParameters, prohibitedPorts } from './parameters';

/** Whether the group opens a prohibited port to the internet. */
export function evaluate(group: SecurityGroup, parameters: OpenPortsParameters): Evaluation {
  const exposures = exposuresOf(group, parameters);
  const prohibited = prohibitedPorts(parameters);
  const severity = severityOf(group, parameters);
  const violations: Violation[] = [];
  for (const protocol of portProtocols) {
    violations.push(...violationsOf(exposures[protocol], protocol, prohibited[protocol], severity));
  }
  return { compliance: violations.length === 0 ? 'COMPLIANT' : 'NON_COMPLIANT', violations };
}

/** One for each range of ports; one for all of them where the same sources reach every prohibited port. */
function violationsOf(
  exposures: readonly ExposedPorts[],
  protocol: PortProtocol,
  prohibited: readonly PortRange[],
  severity: string,
): Violation[] {
  if (exposures.length === 0) return [];
  const all = countPorts(prohibited);
  const isWhole = ({ ports }: OfSources) => prohibited.length > 1 && ports === all;
  const bySources = grouped(exposures);
  const whole = bySources.filter(isWhole);
  const violations = whole.map(({ danger }) => violationOf(protocol, undefined, danger, severity));
  if (whole.length === bySources.length) return violations;
  const told = ({ danger }: ExposedPorts) => whole.some((one) => sameSources(one.danger, danger));
  const rest = mergeExposed(exposures.filter((exposure) => !told(exposure)));
  return [...violations, ...rest.map((one) => violationOf(protocol, one.ports, one.danger, severity))];
}

/** How many ports the same sources reach. */
interface OfSources {
  danger: Danger;
  ports: number;
}

/** In the order in which the sources come. No port is exposed twice to the same sources. */
function grouped(exposures: readonly ExposedPorts[]): OfSources[] {
  const groups: OfSources[] = [];
  for (const { ports, danger } of exposures) {
    const group = groups.find((one) => sameSources(one.danger, danger));
    const count = ports.to - ports.from + 1;
    if (group === undefined) groups.push({ danger, ports: count });
    else group.ports += count;
  }
  return groups;
}

function violationOf(
  protocol: PortProtocol,
  ports: PortRange | undefined,
  danger: Danger,
  severity: string,
): Violation {
  const { family } = danger;
  const addresses = danger.addresses();
  const sources = [...danger.sources];
  return {
    kind: ports === undefined ? 'all-ports' : 'open-port',
    text: `${whatIsOpen(protocol, ports)} open to the internet${namedSources(danger)}.`,
    detail:
      ports === undefined
        ? { protocol, family, sources, addresses, severity }
        : { protocol, fromPort: ports.from, toPort: ports.to, family, sources, addresses, severity },
  };
}

function whatIsOpen(protocol: PortProtocol, ports: PortRange | undefined): string {
  const name = protocol.toUpperCase();
  if (ports === undefined) return `Every prohibited ${name} port is`;
  return ports.from === ports.to
    ? `${name} port ${ports.from} is`
    : `${name} ports ${ports.from} to ${ports.to} are`;
}
