import { addressFamilies } from '../resources/addresses';
import { mergePorts, type PortProtocol, type PortRange, portProtocols } from '../resources/protocols';
import type { SecurityGroup } from '../resources/security-group';
import { type Danger, dangerOf } from './danger';
import { covers, type Entry, entriesOf, isAllPorts } from './entries';
import { type OpenPortsParameters, portRules } from './parameters';

/** Something that is open to the internet and should not be. */
export interface Exposure {
  kind: 'all-protocols' | 'all-ports' | 'open-port';
  protocol: PortProtocol | '-1';
  /** The prohibited ports that are open; absent where all are. */
  ports?: PortRange;
  danger: Danger;
}

/** What has to be closed of one entry. */
export interface Closing {
  entry: Entry;
  /** `all`: the whole rule is the danger; else the ports that are. */
  ports: 'all' | PortRange[];
  /** Whether the entry's source is the internet only together with others. */
  together: boolean;
}

/** Everything that is wrong with a group, and what has to be closed of its rules for it to end. */
export function exposureOf(
  group: SecurityGroup,
  parameters: OpenPortsParameters,
): { exposures: Exposure[]; closings: Closing[] } {
  const entries = entriesOf(group);
  const whole = wholeRules(entries, parameters);
  const closed = new Set(whole.closings.map((closing) => closing.entry));
  const ports = prohibitedPorts(
    entries.filter((entry) => !closed.has(entry)),
    parameters,
  );
  return {
    exposures: [...whole.exposures, ...ports.exposures],
    closings: [...whole.closings, ...ports.closings],
  };
}

/** Rules open on all protocols, or on all ports of one: nothing of them is kept but what is to be kept open. */
function wholeRules(entries: readonly Entry[], parameters: OpenPortsParameters) {
  const exposures: Exposure[] = [];
  const closings: Closing[] = [];
  const scopes: { kind: Exposure['kind']; protocol: Exposure['protocol']; entries: Entry[] }[] = [
    { kind: 'all-protocols', protocol: '-1', entries: entries.filter((entry) => entry.protocol === '-1') },
    ...portProtocols.map((protocol) => ({
      kind: 'all-ports' as const,
      protocol,
      entries: entries.filter((entry) => covers(entry, protocol) && isAllPorts(entry)),
    })),
  ];
  for (const { kind, protocol, entries: open } of scopes) {
    for (const family of addressFamilies) {
      const closed = new Set(closings.map((closing) => closing.entry));
      const left = open.filter((entry) => !closed.has(entry));
      const danger = dangerOf(left, family, parameters);
      if (danger === undefined) continue;
      exposures.push({ kind, protocol, danger });
      for (const entry of left.filter((candidate) => hasToGo(candidate, danger))) {
        closings.push({ entry, ports: 'all', together: !danger.alone.has(entry.source) });
      }
    }
  }
  return { exposures, closings };
}

/** Prohibited ports that the other rules open. */
function prohibitedPorts(entries: readonly Entry[], parameters: OpenPortsParameters) {
  const rules = portRules(parameters);
  const exposures: Exposure[] = [];
  const byEntry = new Map<Entry, { ports: PortRange[]; together: boolean }>();
  for (const protocol of portProtocols) {
    const open = entries.filter((entry) => covers(entry, protocol));
    for (const ports of rules[protocol].prohibited.flatMap((range) => segmentsOf(range, open))) {
      const here = open.filter((entry) => entry.ports.from <= ports.from && entry.ports.to >= ports.to);
      for (const family of addressFamilies) {
        const danger = dangerOf(here, family, parameters);
        if (danger === undefined) continue;
        exposures.push({ kind: 'open-port', protocol, ports, danger });
        for (const entry of here.filter((candidate) => hasToGo(candidate, danger))) {
          const closing = byEntry.get(entry) ?? { ports: [], together: false };
          closing.ports.push(ports);
          closing.together ||= !danger.alone.has(entry.source);
          byEntry.set(entry, closing);
        }
      }
    }
  }
  return {
    exposures: mergeExposures(exposures),
    closings: [...byEntry].map(([entry, { ports, together }]) => ({
      entry,
      ports: mergePorts(ports),
      together,
    })),
  };
}

function hasToGo(entry: Entry, danger: Danger): boolean {
  return danger.alone.has(entry.source) || danger.together.has(entry.source);
}

/** Cuts a range where a rule begins or ends, so that every port of a segment is open to the same rules. */
function segmentsOf(range: PortRange, entries: readonly Entry[]): PortRange[] {
  const starts = new Set([range.from]);
  for (const { ports } of entries) {
    if (ports.from > range.from && ports.from <= range.to) starts.add(ports.from);
    if (ports.to >= range.from && ports.to < range.to) starts.add(ports.to + 1);
  }
  const sorted = [...starts].sort((a, b) => a - b);
  return sorted.map((from, index) => ({ from, to: (sorted[index + 1] ?? range.to + 1) - 1 }));
}

/** Makes one exposure of neighbouring ports that are open to the same sources. */
function mergeExposures(exposures: readonly Exposure[]): Exposure[] {
  const merged: Exposure[] = [];
  for (const exposure of exposures) {
    const before = merged.find(
      (candidate) =>
        candidate.protocol === exposure.protocol &&
        candidate.danger.family === exposure.danger.family &&
        candidate.ports?.to === (exposure.ports?.from ?? 0) - 1 &&
        candidate.danger.sources.join() === exposure.danger.sources.join(),
    );
    if (before?.ports === undefined || exposure.ports === undefined) merged.push({ ...exposure });
    else before.ports = { from: before.ports.from, to: exposure.ports.to };
  }
  return merged;
}
