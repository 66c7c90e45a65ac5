import type { Evaluation } from '../../core/evaluation';
import type { Violation } from '../../core/violation';
import { mergeExposed, sameSources } from '../../resources/security-group/exposed-ports';
import { namedSources, severityOf } from '../../resources/security-group/group-violation';
import type { SecurityGroup } from '../../resources/security-group/model';
import { countPorts } from '../../resources/security-group/port-parameters';
import {
  mergePorts,
  type PortProtocol,
  type PortRange,
  portProtocols,
} from '../../resources/security-group/protocols';
import { type Exposure, exposuresOf } from './exposure';
import { type OpenPortsParameters, prohibitedPorts } from './parameters';

/** Whether the group opens a prohibited port to the internet. */
export function evaluate(group: SecurityGroup, parameters: OpenPortsParameters): Evaluation {
  const exposures = exposuresOf(group, parameters);
  const prohibited = prohibitedPorts(parameters);
  const severity = severityOf(group, parameters);
  const violations = portProtocols.flatMap((protocol) =>
    violationsOf(
      exposures.filter((exposure) => exposure.protocol === protocol),
      protocol,
      prohibited[protocol],
      severity,
    ),
  );
  return { compliance: violations.length === 0 ? 'COMPLIANT' : 'NON_COMPLIANT', violations };
}

/** One for each range of ports; one for all of them where the same sources reach every prohibited port. */
function violationsOf(
  exposures: readonly Exposure[],
  protocol: PortProtocol,
  prohibited: readonly PortRange[],
  severity: string,
): Violation[] {
  const all = countPorts(prohibited);
  const told = new Set<Exposure>();
  const violations: Violation[] = [];
  for (const exposure of exposures) {
    if (told.has(exposure)) continue;
    const alike = exposures.filter(({ danger }) => sameSources(danger, exposure.danger));
    const isWhole = prohibited.length > 1 && countPorts(mergePorts(alike.map(({ ports }) => ports))) === all;
    if (!isWhole) continue;
    for (const one of alike) told.add(one);
    violations.push(violationOf(protocol, undefined, exposure, severity));
  }
  const rest = mergeExposed(exposures.filter((exposure) => !told.has(exposure)));
  return [...violations, ...rest.map((one) => violationOf(protocol, one.ports, one, severity))];
}

function violationOf(
  protocol: PortProtocol,
  ports: PortRange | undefined,
  { danger }: Pick<Exposure, 'danger'>,
  severity: string,
): Violation {
  const rest = {
    family: danger.family,
    sources: danger.sources,
    // Too large for a JSON number.
    addresses: String(danger.addresses),
    severity,
  };
  return {
    kind: ports === undefined ? 'all-ports' : 'open-port',
    text: `${whatIsOpen(protocol, ports)} open to the internet${namedSources(danger)}.`,
    detail:
      ports === undefined
        ? { protocol, ...rest }
        : { protocol, fromPort: ports.from, toPort: ports.to, ...rest },
  };
}

function whatIsOpen(protocol: PortProtocol, ports: PortRange | undefined): string {
  const name = protocol.toUpperCase();
  if (ports === undefined) return `Every prohibited ${name} port is`;
  return ports.from === ports.to
    ? `${name} port ${ports.from} is`
    : `${name} ports ${ports.from} to ${ports.to} are`;
}
