import { type AddressFamily, internetSize, sizeOfPrefix } from '../resources/addresses';
import type { Entry } from './entries';
import type { OpenPortsParameters } from './parameters';

/** Entries that together let in the internet on the same ports. */
export interface Danger {
  family: AddressFamily;
  /** Every source that is part of it. */
  sources: string[];
  /** How many addresses of the internet the sources hold. */
  addresses: bigint;
  /** The sources that are the internet each by itself. */
  alone: Set<string>;
  /** Further sources that have to go, since what is left is the internet only together. Widest first. */
  together: Set<string>;
}

/**
 * Whether entries that are open on the same ports let in the internet, and which sources have to go for it to end:
 * every one that is the internet by itself, then the widest ones until the rest is small enough.
 *
 * The line is the one that S3 draws for `aws:SourceIp` in "The meaning of public": broader than /8, or /32 for IPv6:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export function dangerOf(
  entries: readonly Entry[],
  family: AddressFamily,
  parameters: OpenPortsParameters,
): Danger | undefined {
  const line = sizeOfPrefix(family, family === 'ipv4' ? parameters.ipv4Prefix : parameters.ipv6Prefix);
  if (isSmall(entries, family, line)) return undefined;
  const sources = sourcesOf(entries, family);
  if (sizeOf(sources, family) <= line) return undefined;

  const alone = sources.filter((source) => source.size > line);
  const rest = sources.filter((source) => source.size <= line);
  const together = widestUntilSmall(rest, family, line);
  const involved = together.length === 0 ? alone : sources;
  return {
    family,
    sources: involved.map((source) => source.name),
    addresses: sizeOf(involved, family),
    alone: new Set(alone.map((source) => source.name)),
    together: new Set(together.map((source) => source.name)),
  };
}

interface Source {
  name: string;
  ranges: Entry['ranges'];
  size: bigint;
  /** All protocols: cannot be narrowed by a port without losing the others. */
  whole: boolean;
}

/** Whether the entries are small even with every address counted as often as it is listed: most are, and it is quick. */
function isSmall(entries: readonly Entry[], family: AddressFamily, line: bigint): boolean {
  let size = 0n;
  for (const { ranges } of entries) {
    for (const range of ranges) if (range.family === family) size += range.last - range.first + 1n;
  }
  return size <= line;
}

function sourcesOf(entries: readonly Entry[], family: AddressFamily): Source[] {
  const byName = new Map<string, Source>();
  for (const { source: name, ranges, protocol } of entries) {
    const whole = protocol === '-1' || (byName.get(name)?.whole ?? false);
    byName.set(name, { name, ranges, size: internetSize(ranges, family), whole });
  }
  return [...byName.values()].filter((source) => source.size > 0n);
}

function sizeOf(sources: readonly Source[], family: AddressFamily): bigint {
  return internetSize(
    sources.flatMap((source) => source.ranges),
    family,
  );
}

function widestUntilSmall(sources: readonly Source[], family: AddressFamily, line: bigint): Source[] {
  const sorted = sources.toSorted(
    (a, b) =>
      Number(a.whole) - Number(b.whole) ||
      (a.size === b.size ? a.name.localeCompare(b.name, 'en') : a.size > b.size ? -1 : 1),
  );
  let [least, most] = [0, sorted.length];
  while (least < most) {
    const middle = (least + most) >> 1;
    if (sizeOf(sorted.slice(middle), family) <= line) most = middle;
    else least = middle + 1;
  }
  return sorted.slice(0, least);
}
