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

/** Every prohibited port that a group opens to the internet. */
export function exposuresOf(group: SecurityGroup, parameters: OpenPortsParameters): Exposure[] {
  return openedPorts(entriesOf(group), parameters);
}

/** What has to be closed of the group's rules so that no prohibited port is open to the internet any more. */
export function closingsOf(group: SecurityGroup, parameters: OpenPortsParameters): Closing[] {
  const closings = new Map<Entry, Closing>();
  for (const { protocol, ports, danger, entries: open } of openedPorts(entriesOf(group), parameters)) {
    for (const entry of open) {
      if (!hasToGo(entry, danger)) continue;
      const closing = closings.get(entry) ?? { entry, closed: [] };
      closing.closed.push({ protocol, ports, together: !danger.alone.has(entry.source) });
      closings.set(entry, closing);
    }
  }
  return [...closings.values()];
}

interface OpenedPorts extends ExposedPorts {
  protocol: PortProtocol;
}

function openedPorts(entries: readonly Entry[], parameters: OpenPortsParameters): OpenedPorts[] {
  const prohibited = prohibitedPorts(parameters);
  const finder = dangerFinder(parameters);
  return portProtocols.flatMap((protocol) =>
    exposedPorts(entries, protocol, prohibited[protocol], finder).map(({ ports, danger, entries: open }) => ({
      protocol,
      ports,
      danger,
      entries: open,
    })),
  );
}
