import type { Entry } from '../security-group/entries';
import {
  type AddressFamily,
  type AddressRange,
  addressFamilies,
  internetSize,
  sizeOfPrefix,
  weightOfPrefix,
} from './addresses';

/** From how many addresses on a source, and a sum of sources, is the internet: as many as a block of this prefix length holds. */
export interface InternetLines {
  ipv4Prefix: number;
  ipv6Prefix: number;
  /** For sources that are harmless each by itself. */
  ipv4SumPrefix: number;
  ipv6SumPrefix: number;
}

/** Entries that together let in the internet on the same ports. */
export interface Danger {
  family: AddressFamily;
  /** Every source that is part of it. */
  sources: readonly string[];
  /** How many addresses of the internet the sources hold, in digits: too many for a JSON number. */
  addresses(): string;
  /** The sources that are the internet each by itself. */
  alone: ReadonlySet<string>;
  /** Further sources that have to go, since what is left is the internet only together. Widest first. */
  together: ReadonlySet<string>;
}

/** Finds out what of entries lets in the internet of a family. */
export interface DangerFinder {
  /**
   * The danger of entries that are open on the same ports.
   * @param areAlone whether each of the entries is the internet by itself, as `suspects` says
   */
  dangerOf(entries: readonly Entry[], family: AddressFamily, areAlone: boolean): Danger | undefined;
  suspects(entries: readonly Entry[], family: AddressFamily): Suspects;
}

/** Some of entries, one of which at least is part of every danger that any of the entries make; most have none. */
export interface Suspects {
  family: AddressFamily;
  entries: readonly Entry[];
  /** Whether each is the internet by itself, and the others cannot be it even together: the danger is the same without them. */
  alone: boolean;
}

/** Looks for dangers by these lines. It remembers answers, since most ports of a group are open to the same entries. */
export function dangerFinder(lines: InternetLines): DangerFinder {
  const byFirst: Record<AddressFamily, Map<Entry, Answer[]>> = { ipv4: new Map(), ipv6: new Map() };
  return {
    dangerOf(entries, family, areAlone) {
      const [first] = entries;
      if (first === undefined) return undefined;
      const known = areAlone ? knownDangerOf(entries) : undefined;
      if (known !== undefined) return known;
      const answers = byFirst[family].get(first) ?? [];
      const before = answers.find((answer) => sameEntries(answer.entries, entries));
      if (before !== undefined) return before.danger;
      const danger = dangerOf(entries, family, lines);
      answers.push({ entries, danger });
      byFirst[family].set(first, answers);
      return danger;
    },
    suspects(entries, family) {
      const alone = aloneAmong(entries, family, lines);
      return { family, entries: alone ?? entries, alone: alone !== undefined };
    },
  };
}

interface Answer {
  entries: readonly Entry[];
  danger: Danger | undefined;
}

function sameEntries(one: readonly Entry[], other: readonly Entry[]): boolean {
  if (one === other) return true;
  return one.length === other.length && one.every((entry, index) => entry === other[index]);
}

/** Which lines were drawn closer, in words: what becomes dangerous by it. */
export function stricterLines(before: InternetLines, next: InternetLines): string[] {
  const line = (name: keyof InternetLines, what: string) =>
    next[name] > before[name] ? [`${what} broader than /${next[name]}`] : [];
  return [
    ...line('ipv4Prefix', 'IPv4 ranges'),
    ...line('ipv6Prefix', 'IPv6 ranges'),
    ...line('ipv4SumPrefix', 'sums of IPv4 ranges'),
    ...line('ipv6SumPrefix', 'sums of IPv6 ranges'),
  ];
}

/** A range of more weight than this may be the internet by itself. */
export function weightAlone(family: AddressFamily, lines: InternetLines): number {
  return limitsOf(family, lines).weight;
}

/**
 * Whether ranges, none of which is the internet by itself, cannot be it together.
 * @param weight the sum of theirs, in doubles
 */
export function isSmallSum(weight: number, family: AddressFamily, lines: InternetLines): boolean {
  return weight < limitsOf(family, lines).small;
}

/**
 * The entries that decide, on whichever ports, what lets in the internet: those that are it by themselves, where the others cannot
 * be it even together; else all.
 */
export function decidingEntries(entries: readonly Entry[], lines: InternetLines): readonly Entry[] {
  const deciding = new Set<Entry>();
  for (const family of addressFamilies) {
    const alone = aloneAmong(entries, family, lines);
    if (alone === undefined) return entries;
    for (const entry of alone) deciding.add(entry);
  }
  return deciding.size === entries.length ? entries : entries.filter((entry) => deciding.has(entry));
}

/** Whether an entry's source has to go for the danger to end. */
export function hasToGo(entry: Entry, danger: Danger): boolean {
  return danger.alone.has(entry.source) || danger.together.has(entry.source);
}

/** More addresses than this are the internet. */
interface Limits {
  /** In one range. */
  alone: bigint;
  /** In ranges that are not the internet by themselves; never less than one of them may hold. */
  sum: bigint;
  /** `alone` in doubles. */
  weight: number;
  /** `sum` in doubles, and a little less: what comes near it, where rounding could decide, is not small. */
  small: number;
}

/** By lines, which are read once and judge many groups. */
const knownLimits = new WeakMap<InternetLines, Record<AddressFamily, Limits>>();

function limitsOf(family: AddressFamily, lines: InternetLines): Limits {
  const before = knownLimits.get(lines);
  if (before !== undefined) return before[family];
  const limits = {
    ipv4: limitsFrom('ipv4', lines.ipv4Prefix, lines.ipv4SumPrefix),
    ipv6: limitsFrom('ipv6', lines.ipv6Prefix, lines.ipv6SumPrefix),
  };
  knownLimits.set(lines, limits);
  return limits[family];
}

function limitsFrom(family: AddressFamily, own: number, sum: number): Limits {
  const wider = Math.min(own, sum);
  return {
    alone: sizeOfPrefix(family, own),
    sum: sizeOfPrefix(family, wider),
    weight: weightOfPrefix(family, own),
    small: weightOfPrefix(family, wider) * (1 - 2 ** -30),
  };
}

/**
 * Which sources have to go for a danger to end: every one that is the internet by itself, then the widest ones until the rest
 * is small enough.
 *
 * The line of a range by itself is the one that S3 draws for `aws:SourceIp` in "The meaning of public": broader than /8, or
 * /32 for IPv6:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
function dangerOf(
  entries: readonly Entry[],
  family: AddressFamily,
  lines: InternetLines,
): Danger | undefined {
  const alone = aloneAmong(entries, family, lines);
  if (alone === undefined) return dangerOfSum(entries, family, limitsOf(family, lines));
  return alone.length === 0 ? undefined : dangerOfAlone(alone, family);
}

/** The danger of entries that are the internet each by itself; at least one. */
function dangerOfAlone(entries: readonly Entry[], family: AddressFamily): Danger {
  const known = knownDangerOf(entries);
  if (known !== undefined) return known;
  const bySource = new Map<string, Entry['ranges']>();
  for (const { source, ranges } of entries) bySource.set(source, ranges);
  const sources = [...bySource.keys()];
  const ranges: AddressRange[] = [];
  for (const own of bySource.values()) ranges.push(...own);
  const [range] = ranges;
  const addresses = () => String(internetSize(ranges, family));
  const danger = { family, sources, addresses, alone: new Set(sources), together: noSources };
  if (range !== undefined && ranges.length === 1) knownDangers.set(range, danger);
  return danger;
}

/** The danger of entries that are the internet each by itself, where they have one range and it was found before. */
function knownDangerOf(entries: readonly Entry[]): Danger | undefined {
  const [first] = entries;
  if (first === undefined || first.ranges.length !== 1) return undefined;
  for (const { source } of entries) if (source !== first.source) return undefined;
  const [range] = first.ranges;
  const before = range && knownDangers.get(range);
  // A prefix list may hold the same range.
  return before?.sources[0] === first.source ? before : undefined;
}

/** Of single ranges, whatever the lines: most dangers are the same few. */
const knownDangers = new WeakMap<AddressRange, Danger>();

const noSources: ReadonlySet<string> = new Set();

/** The danger of entries that may be the internet together. */
function dangerOfSum(entries: readonly Entry[], family: AddressFamily, limits: Limits): Danger | undefined {
  const sources = sourcesOf(entries, family, limits);
  const alone = sources.filter((source) => source.isInternet);
  const rest = sources.filter((source) => !source.isInternet);
  const together = widestUntilSmall(rest, family, limits.sum);
  if (alone.length + together.length === 0) return undefined;
  const involved = together.length === 0 ? alone : sources;
  return {
    family,
    sources: involved.map((source) => source.name),
    addresses: () => String(sizeOf(involved, family)),
    alone: new Set(alone.map((source) => source.name)),
    together: new Set(together.map((source) => source.name)),
  };
}

interface Source {
  name: string;
  ranges: Entry['ranges'];
  size: bigint;
  /** A range of it is the internet, or all of them together: a rule lets a prefix list in as a whole. */
  isInternet: boolean;
}

/**
 * The entries that are the internet of a family by themselves; undefined where the others might be it together. Every address is
 * counted as often as it is listed.
 */
function aloneAmong(
  entries: readonly Entry[],
  family: AddressFamily,
  lines: InternetLines,
): readonly Entry[] | undefined {
  const limits = limitsOf(family, lines);
  let others = 0;
  const found: Entry[] = [];
  for (const entry of entries) {
    let weight = 0;
    let isAlone = false;
    for (const range of entry.ranges) {
      if (range.family !== family) continue;
      weight += range.weight;
      // The weight is never less than what the range holds of the internet, and costs no big integer.
      isAlone ||= range.weight > limits.weight && range.internet > limits.alone;
    }
    if (isAlone) found.push(entry);
    else others += weight;
  }
  return others < limits.small ? found : undefined;
}

function sourcesOf(entries: readonly Entry[], family: AddressFamily, { alone, sum }: Limits): Source[] {
  const byName = new Map<string, Source>();
  for (const { source: name, ranges } of entries) {
    if (byName.has(name)) continue;
    const size = internetSize(ranges, family);
    if (size === 0n) continue;
    const isInternet = size > sum || ranges.some((range) => internetSize([range], family) > alone);
    byName.set(name, { name, ranges, size, isInternet });
  }
  return [...byName.values()];
}

function sizeOf(sources: readonly Source[], family: AddressFamily): bigint {
  return internetSize(
    sources.flatMap((source) => source.ranges),
    family,
  );
}

/** The widest sources that have to go so that the rest is small; those that overlap others may be spared. */
function widestUntilSmall(sources: readonly Source[], family: AddressFamily, line: bigint): Source[] {
  const whole = sizeOf(sources, family);
  if (whole <= line) return [];
  const sorted = sources.toSorted((a, b) =>
    a.size === b.size ? a.name.localeCompare(b.name, 'en') : a.size > b.size ? -1 : 1,
  );
  let [least, most] = [0, sorted.length];
  while (least < most) {
    const middle = (least + most) >> 1;
    if (sizeOf(sorted.slice(middle), family) <= line) most = middle;
    else least = middle + 1;
  }
  const taken = sorted.slice(0, least);
  const overlap = sources.reduce((sum, { size }) => sum + size, 0n) !== whole;
  return overlap ? withoutSpared(taken, sorted.slice(least), family, line) : taken;
}

/** Of what was taken, the sources without which what is left would be too large: of two that overlap, one may be enough. */
function withoutSpared(
  taken: readonly Source[],
  left: readonly Source[],
  family: AddressFamily,
  line: bigint,
): Source[] {
  const kept = [...left];
  const gone = taken.toReversed().filter((source) => {
    if (sizeOf([...kept, source], family) > line) return true;
    kept.push(source);
    return false;
  });
  return gone.toReversed();
}
