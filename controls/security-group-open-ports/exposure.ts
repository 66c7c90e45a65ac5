import { dangerFinder, decidingEntries, hasToGo } from '../../resources/kit/internet';
import { type Entry, entriesOf } from '../../resources/security-group/entries';
import { type ExposedPorts, exposedPorts } from '../../resources/security-group/exposed-ports';
import type { SecurityGroup } from '../../resources/security-group/model';
import { type PortProtocol, type PortRange, portProtocols } from '../../resources/security-group/protocols';
import { type OpenPortsParameters, prohibitedPorts } from './parameters';

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

/** Every prohibited port that a group opens to the internet, by protocol. */
export function exposuresOf(
  group: SecurityGroup,
  parameters: OpenPortsParameters,
): Record<PortProtocol, ExposedPorts[]> {
  const entries = decidingEntries(entriesOf(group), parameters);
  const prohibited = prohibitedPorts(parameters);
  const finder = dangerFinder(parameters);
  const of = (protocol: PortProtocol) => exposedPorts(entries, protocol, prohibited[protocol], finder);
  return { tcp: of('tcp'), udp: of('udp') };
}

/** What has to be closed of the group's rules so that no prohibited port is open to the internet any more. */
export function closingsOf(group: SecurityGroup, parameters: OpenPortsParameters): Closing[] {
  const closings = new Map<Entry, Closing>();
  const exposures = exposuresOf(group, parameters);
  for (const protocol of portProtocols) {
    for (const { ports, danger, entries } of exposures[protocol]) {
      for (const entry of entries) {
        if (!hasToGo(entry, danger)) continue;
        const closing = closings.get(entry) ?? { entry, closed: [] };
        closing.closed.push({ protocol, ports, together: !danger.alone.has(entry.source) });
        closings.set(entry, closing);
      }
    }
  }
  return [...closings.values()];
}
