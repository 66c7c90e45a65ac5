import { type AddressFamily, addressFamilies } from '../../resources/kit/addresses';
import { type DangerFinder, dangerFinder, decidingEntries, hasToGo } from '../../resources/kit/internet';
import { covers, type Entry, entriesOf } from '../../resources/security-group/entries';
import { type ExposedPorts, exposedPorts } from '../../resources/security-group/exposed-ports';
import { ruleKey } from '../../resources/security-group/ingress-rule';
import type { SecurityGroup } from '../../resources/security-group/model';
import { countPorts } from '../../resources/security-group/port-parameters';
import {
  lastPort,
  type PortProtocol,
  type PortRange,
  portProtocols,
  withoutPorts,
} from '../../resources/security-group/protocols';
import { portsToKeep, type WideOpenParameters } from './parameters';

/** More ports of a protocol than may be open to the internet of a family. */
export interface Exposure {
  protocol: PortProtocol;
  family: AddressFamily;
  exposed: readonly ExposedPorts[];
}

/** A rule that is narrowed. */
export interface Narrowing {
  entry: Entry;
  /** What stays open of it; none for a rule that goes. */
  kept: KeptEntry[];
}

/** What stays open of a rule; one entry for each protocol with ports. */
type KeptEntry = Entry & { protocol: PortProtocol };

/** Where a group is open too wide. */
export function exposuresOf(group: SecurityGroup, parameters: WideOpenParameters): Exposure[] {
  return exposuresIn(decidingEntries(entriesOf(group), parameters), dangerFinder(parameters), parameters);
}

function exposuresIn(
  entries: readonly Entry[],
  finder: DangerFinder,
  parameters: WideOpenParameters,
): Exposure[] {
  const exposures: Exposure[] = [];
  for (const protocol of portProtocols) {
    const exposed = exposedPorts(entries, protocol, everyPort, finder);
    for (const family of addressFamilies) {
      const own = ofFamily(exposed, family);
      if (isTooWide(own, parameters)) exposures.push({ protocol, family, exposed: own });
    }
  }
  return exposures;
}

/** Which of the group's rules have to be narrowed so that it is open too wide nowhere. */
export function narrowingsOf(group: SecurityGroup, parameters: WideOpenParameters): Narrowing[] {
  const entries = decidingEntries(entriesOf(group), parameters);
  const finder = dangerFinder(parameters);
  const narrowings = new Map<Entry, Narrowing>();
  const afterNarrowing = (further: readonly Narrowing[] = []) => {
    const left: Entry[] = [];
    for (const entry of entries) {
      const narrowing = further.find((one) => one.entry === entry) ?? narrowings.get(entry);
      if (narrowing === undefined) left.push(entry);
      else left.push(...narrowing.kept);
    }
    return left;
  };
  for (const { protocol, family, exposed } of exposuresIn(entries, finder, parameters)) {
    const exposedBy = (some: readonly Entry[]) =>
      ofFamily(exposedPorts(some, protocol, everyPort, finder), family);
    const left = narrowings.size === 0 ? exposed : exposedBy(afterNarrowing());
    if (!isTooWide(left, parameters)) continue;
    const candidates = widestFirst(left, protocol)
      .filter((entry) => entries.includes(entry))
      .map((entry) => narrowingOf(entry, parameters))
      .filter((narrowing) => narrowing !== undefined);
    const fewest = fewestOf(
      candidates.length,
      (count) => !isTooWide(exposedBy(afterNarrowing(candidates.slice(0, count))), parameters),
    );
    for (const narrowing of candidates.slice(0, fewest)) narrowings.set(narrowing.entry, narrowing);
  }
  return [...narrowings.values()];
}

const everyPort: readonly PortRange[] = [{ from: 0, to: lastPort }];

function ofFamily(exposed: readonly ExposedPorts[], family: AddressFamily): ExposedPorts[] {
  return exposed.filter(({ danger }) => danger.family === family);
}

function isTooWide(exposed: readonly ExposedPorts[], { mostPorts }: WideOpenParameters): boolean {
  return countPorts(exposed.map(({ ports }) => ports)) > mostPorts;
}

/** The entries that have to go somewhere, those that open most ports first: narrow rules were made on purpose. */
function widestFirst(exposed: readonly ExposedPorts[], protocol: PortProtocol): Entry[] {
  const entries = new Set<Entry>();
  for (const { danger, entries: open } of exposed) {
    for (const entry of open) if (covers(entry, protocol) && hasToGo(entry, danger)) entries.add(entry);
  }
  const size = ({ ports }: Entry) => ports.to - ports.from + 1;
  return [...entries].sort((a, b) => size(b) - size(a) || (ruleKey(a.rule) < ruleKey(b.rule) ? -1 : 1));
}

/** Undefined for a rule that opens only what is kept anyway. */
function narrowingOf(entry: Entry, parameters: WideOpenParameters): Narrowing | undefined {
  const keep = portsToKeep(parameters);
  if (entry.protocol !== '-1' && withoutPorts([entry.ports], keep[entry.protocol]).length === 0) {
    return undefined;
  }
  const { rule, source, ranges } = entry;
  const kept: KeptEntry[] = [];
  for (const protocol of portProtocols) {
    if (!covers(entry, protocol)) continue;
    for (const ports of within(keep[protocol], entry.ports)) {
      kept.push({ rule, protocol, ports, source, ranges });
    }
  }
  return { entry, kept };
}

function within(ranges: readonly PortRange[], { from, to }: PortRange): PortRange[] {
  return ranges
    .map((range) => ({ from: Math.max(range.from, from), to: Math.min(range.to, to) }))
    .filter((range) => range.from <= range.to);
}

/** The least count from 1 to `most` that is enough; more is never less enough, and `most` is. */
function fewestOf(most: number, isEnough: (count: number) => boolean): number {
  let [least, enough] = [1, most];
  while (least < enough) {
    const middle = (least + enough) >> 1;
    if (isEnough(middle)) enough = middle;
    else least = middle + 1;
  }
  return least;
}
