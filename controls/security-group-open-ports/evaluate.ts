import type { Evaluation, Violation } from '../control';
import type { SecurityGroup } from '../resources/security-group';
import { type Exposure, exposureOf } from './exposure';
import type { OpenPortsParameters } from './parameters';

/** How many sources a sentence names. */
const mostNamed = 3;

/** Whether the group is open to the internet where it should not be. */
export function evaluate(group: SecurityGroup, parameters: OpenPortsParameters): Evaluation {
  const severity = group.attached === false ? parameters.unattachedSeverity : parameters.severity;
  const violations = exposureOf(group, parameters).exposures.map((exposure) =>
    violationOf(exposure, severity),
  );
  return { compliance: violations.length === 0 ? 'COMPLIANT' : 'NON_COMPLIANT', violations };
}

function violationOf({ kind, protocol, ports, danger }: Exposure, severity: string): Violation {
  const verb = ports !== undefined && ports.from !== ports.to ? 'are' : 'is';
  const together = danger.together.size > 0 ? ' by ranges that add up to it' : '';
  return {
    kind,
    text: `${whatIsOpen(kind, protocol, ports)} ${verb} open to the internet${together}: ${named(danger.sources)}.`,
    detail: {
      protocol,
      ...(ports === undefined ? {} : { fromPort: ports.from, toPort: ports.to }),
      family: danger.family,
      sources: danger.sources,
      // Too large for a JSON number.
      addresses: String(danger.addresses),
      severity,
    },
  };
}

function whatIsOpen(kind: Exposure['kind'], protocol: string, ports: Exposure['ports']): string {
  if (kind === 'all-protocols') return 'Every port of all protocols';
  if (ports === undefined) return `Every ${protocol.toUpperCase()} port`;
  return ports.from === ports.to
    ? `${protocol.toUpperCase()} port ${ports.from}`
    : `${protocol.toUpperCase()} ports ${ports.from} to ${ports.to}`;
}

function named(sources: readonly string[]): string {
  const more = sources.length - mostNamed;
  return more > 0 ? `${sources.slice(0, mostNamed).join(', ')} and ${more} more` : sources.join(', ');
}
