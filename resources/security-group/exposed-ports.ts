import { addressFamilies } from '../kit/addresses';
import type { Danger, DangerFinder } from '../kit/internet';
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
  find: DangerFinder,
): ExposedPorts[] {
  const open = entries.filter((entry) => covers(entry, protocol));
  return ranges
    .flatMap((range) => segmentsOf(range, open))
    .flatMap((ports) => {
      const here = open.filter((entry) => entry.ports.from <= ports.from && entry.ports.to >= ports.to);
      return addressFamilies.flatMap((family) => {
        const danger = find(here, family);
        return danger === undefined ? [] : [{ ports, danger, entries: here }];
      });
    });
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
  return a.family === b.family && a.sources.join() === b.sources.join();
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
