import type { Evaluation } from '../../core/evaluation';
import type { Violation } from '../../core/violation';
import { namedSources, severityOf } from '../../resources/security-group/group-violation';
import type { SecurityGroup } from '../../resources/security-group/model';
import { countPorts } from '../../resources/security-group/port-parameters';
import { type Exposure, exposuresOf } from './exposure';
import type { WideOpenParameters } from './parameters';

/** Whether the group opens more ports to the internet than it may. */
export function evaluate(group: SecurityGroup, parameters: WideOpenParameters): Evaluation {
  const severity = severityOf(group, parameters);
  const violations = exposuresOf(group, parameters).map((exposure) =>
    violationOf(exposure, parameters, severity),
  );
  return { compliance: violations.length === 0 ? 'COMPLIANT' : 'NON_COMPLIANT', violations };
}

function violationOf(
  { protocol, family, exposed }: Exposure,
  { mostPorts }: WideOpenParameters,
  severity: string,
): Violation {
  const ports = countPorts(exposed.map((one) => one.ports));
  const named = new Set<string>();
  const together = new Set<string>();
  for (const danger of new Set(exposed.map((one) => one.danger))) {
    for (const source of danger.sources) named.add(source);
    for (const source of danger.together) together.add(source);
  }
  const sources = [...named];
  return {
    kind: 'wide-open',
    text: `${ports} ${protocol.toUpperCase()} ports, more than ${mostPorts}, are open to the internet${namedSources({ sources, together })}.`,
    detail: { protocol, ports, mostPorts, family, sources, severity },
  };
}
