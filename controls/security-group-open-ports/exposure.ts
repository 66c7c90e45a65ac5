import { dangerFinder, hasToGo } from '../../resources/kit/internet';
import { type Entry, entriesOf } from '../../resources/security-group/entries';
import { type ExposedPorts, exposedPorts } from '../../resources/security-group/exposed-ports';
import type { SecurityGroup } from '../../resources/security-group/model';
import { type PortProtocol, type PortRange, portProtocols } from '../../resources/security-group/protocols';
import { type OpenPortsParameters, prohibitedPorts } from './parameters';

/** Prohibited ports that a group opens to the internet. */
export interface Exposure extends Pick<ExposedPorts, 'ports' | 'danger'> {
  protocol: PortProtocol;
}

/** Prohibited ports that have to be closed of one rule. */
export interface Closing {
  entry: Entry;
  closed: {
    protocol: PortProtocol;
    ports: PortRange;
    /** Whether the rule's source is the internet only together with others. */
    together: boolean;
  }[];
}

/** Every prohibited port that a group opens to the internet, and what has to be closed of its rules for it to end. */
export function exposureOf(
  group: SecurityGroup,
  parameters: OpenPortsParameters,
): { exposures: Exposure[]; closings: Closing[] } {
  const entries = entriesOf(group);
  const prohibited = prohibitedPorts(parameters);
  const find = dangerFinder(parameters);
  const exposures: Exposure[] = [];
  const closings = new Map<Entry, Closing>();
  for (const protocol of portProtocols) {
    for (const { ports, danger, entries: open } of exposedPorts(
      entries,
      protocol,
      prohibited[protocol],
      find,
    )) {
      exposures.push({ protocol, ports, danger });
      for (const entry of open.filter((candidate) => hasToGo(candidate, danger))) {
        const closing = closings.get(entry) ?? { entry, closed: [] };
        closing.closed.push({ protocol, ports, together: !danger.alone.has(entry.source) });
        closings.set(entry, closing);
      }
    }
  }
  return { exposures, closings: [...closings.values()] };
}
