import { addressFamilies } from '../kit/addresses';
import type { Danger, DangerFinder, Suspects } from '../kit/internet';
import { covers, type Entry } from './entries';
import type { PortProtocol, PortRange } from './protocols';

/** Ports of a protocol that are open to the internet of one address family, and by what. */
export interface ExposedPorts {
  ports: PortRange;
  danger: Danger;
  /** Every entry that opens all of the ports. */
  entries: readonly Entry[];
}

/** Which of the given ports entries open to the internet, cut so that each port of a piece is open to the same entries. */
export function exposedPorts(
  entries: readonly Entry[],
  protocol: PortProtocol,
  ranges: readonly PortRange[],
  finder: DangerFinder,
): ExposedPorts[] {
  const open = entries.filter((entry) => covers(entry, protocol));
  const exposed: ExposedPorts[] = [];
  const suspects: Suspects[] = [];
  for (const family of addressFamilies) {
    const some = finder.suspects(open, family);
    if (some.entries.length > 0) suspects.push(some);
  }
  if (suspects.length === 0) return exposed;
  let here: readonly Entry[] = [];
  for (const range of ranges) {
    if (!suspects.some(({ entries: some }) => some.some(({ ports }) => touch(ports, range)))) continue;
    for (const ports of segmentsOf(range, open)) {
      here = entriesOn(ports, open, here);
      for (const { family, entries: some, alone } of suspects) {
        const suspected = openOn(ports, some);
        if (suspected.length === 0) continue;
        const danger = finder.dangerOf(alone ? suspected : here, family, alone);
        if (danger !== undefined) exposed.push({ ports, danger, entries: here });
      }
    }
  }
  return exposed;
}

/** The entries that open all of the ports; `before` itself where it holds the same ones, which most ports are open to. */
function entriesOn(ports: PortRange, open: readonly Entry[], before: readonly Entry[]): readonly Entry[] {
  let count = 0;
  let isSame = true;
  for (const entry of open) if (holds(entry.ports, ports)) isSame &&= before[count++] === entry;
  return isSame && count === before.length ? before : openOn(ports, open);
}

function openOn(ports: PortRange, entries: readonly Entry[]): readonly Entry[] {
  const open: Entry[] = [];
  for (const entry of entries) if (holds(entry.ports, ports)) open.push(entry);
  return open;
}

function touch(one: PortRange, other: PortRange): boolean {
  return one.from <= other.to && one.to >= other.from;
}

function holds(outer: PortRange, inner: PortRange): boolean {
  return outer.from <= inner.from && outer.to >= inner.to;
}

/** Makes one of neighbouring ports that are open to the same sources. */
export function mergeExposed(
  exposed: readonly Pick<ExposedPorts, 'ports' | 'danger'>[],
): Pick<ExposedPorts, 'ports' | 'danger'>[] {
  const merged: Pick<ExposedPorts, 'ports' | 'danger'>[] = [];
  for (const { ports, danger } of exposed) {
    const before = merged.find(
      (candidate) =>
        candidate.danger.family === danger.family &&
        candidate.ports.to === ports.from - 1 &&
        sameSources(candidate.danger, danger),
    );
    if (before === undefined) merged.push({ ports, danger });
    else before.ports = { from: before.ports.from, to: ports.to };
  }
  return merged;
}

/** Whether two dangers are of the same sources. */
export function sameSources(a: Danger, b: Danger): boolean {
  return a === b || (a.family === b.family && a.sources.join() === b.sources.join());
}

/** Cuts a range where a rule begins or ends, so that every port of a segment is open to the same rules. */
function segmentsOf(range: PortRange, entries: readonly Entry[]): PortRange[] {
  if (range.from === range.to) return [range];
  const starts: number[] = [];
  for (const { ports } of entries) {
    if (ports.from > range.from && ports.from <= range.to) starts.push(ports.from);
    if (ports.to >= range.from && ports.to < range.to) starts.push(ports.to + 1);
  }
  if (starts.length === 0) return [range];
  const segments: PortRange[] = [];
  let { from } = range;
  // A list of numbers sorts them as such, without a function to call.
  for (const start of Int32Array.from(starts).sort()) {
    if (start === from) continue;
    segments.push({ from, to: start - 1 });
    from = start;
  }
  segments.push({ from, to: range.to });
  return segments;
}
