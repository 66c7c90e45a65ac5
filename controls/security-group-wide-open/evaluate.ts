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
  const dangers = [...new Set(exposed.map(({ danger }) => danger))];
  const sources = [...new Set(dangers.flatMap((danger) => danger.sources))];
  const together = new Set(dangers.flatMap((danger) => [...danger.together]));
  return {
    kind: 'wide-open',
    text: `${ports} ${protocol.toUpperCase()} ports, more than ${mostPorts}, are open to the internet${namedSources({ sources, together })}.`,
    detail: { protocol, ports, mostPorts, family, sources, severity },
  };
}
