import { isIPv4, isIPv6 } from 'node:net';
import { notUnderstood, type Where } from './input';

export type AddressFamily = 'ipv4' | 'ipv6';

/** The families, in the order in which they are looked at. */
export const addressFamilies: readonly AddressFamily[] = ['ipv4', 'ipv6'];

/** Addresses from `first` to `last`, both included, as numbers. */
interface Span {
  first: bigint;
  last: bigint;
}

/** Bits of an address. */
const bits = { ipv4: 32, ipv6: 128 } as const;

/** The addresses of a CIDR block. Big integers are made only when they are asked for, since most verdicts do without. */
export class AddressRange implements Span {
  /**
   * At most so many of its addresses are ones that packets from the internet carry: a power of two, or 0, which doubles hold
   * exactly.
   */
  readonly weight: number;
  #span: Span | undefined;
  #internet: bigint | undefined;

  constructor(
    readonly family: AddressFamily,
    private readonly address: string,
    readonly prefix: number,
  ) {
    this.weight = isSpecial(family, address, prefix) ? 0 : weightOfPrefix(family, prefix);
  }

  get first(): bigint {
    return this.#spanned().first;
  }

  get last(): bigint {
    return this.#spanned().last;
  }

  /** How many of its addresses packets from the internet carry. */
  get internet(): bigint {
    this.#internet ??= withoutSpecial(this.#spanned(), this.family);
    return this.#internet;
  }

  #spanned(): Span {
    this.#span ??= spanOf(this.family, this.address, this.prefix);
    return this.#span;
  }
}

/** An address without a zone, and a prefix length without leading zeros. */
const cidrPattern = /^([0-9a-fA-F:.]{2,45})\/(0|[1-9]\d{0,2})$/;

/** How many blocks are remembered: an inventory names the same ones again and again. */
const mostKnown = 4_096;

const known = new Map<string, AddressRange>();

/**
 * The addresses of a CIDR block; bits after the prefix are ignored, as EC2 does.
 * @throws ResourceInputError when `cidr` is not an IPv4 or IPv6 CIDR block.
 */
export function parseCidr(cidr: string, where: Where): AddressRange {
  const range = tryParseCidr(cidr);
  if (range === undefined) throw notUnderstood(where, 'an IPv4 or IPv6 CIDR block', cidr);
  return range;
}

/** As `parseCidr`, and undefined where the text is no CIDR block. */
export function tryParseCidr(cidr: string): AddressRange | undefined {
  const before = known.get(cidr);
  if (before !== undefined) return before;
  const [, address = '', prefix = ''] = cidrPattern.exec(cidr) ?? [];
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
  if (family === undefined || Number(prefix) > bits[family]) return undefined;
  const range = new AddressRange(family, address, Number(prefix));
  if (known.size >= mostKnown) known.clear();
  known.set(cidr, range);
  return range;
}

/** The family of a CIDR block that `parseCidr` takes. */
export function familyOf(cidr: string): AddressFamily {
  return cidr.includes(':') ? 'ipv6' : 'ipv4';
}

/**
 * The weight of an IPv4 CIDR block, read in one pass: an inventory holds a great many of them.
 * @returns -1 for any other text
 */
export function ipv4Weight(cidr: string): number {
  let number = 0;
  let part = -1;
  let dots = 0;
  let index = 0;
  for (; index < cidr.length; index++) {
    const digit = cidr.charCodeAt(index) - 48;
    if (digit >= 0 && digit <= 9) {
      // A leading zero may mean octal, so that nobody takes it.
      if (part === 0) return -1;
      part = part === -1 ? digit : part * 10 + digit;
      if (part > 255) return -1;
      continue;
    }
    if (part === -1) return -1;
    number = number * 256 + part;
    part = -1;
    if (digit === -1) break;
    if (digit !== -2 || ++dots > 3) return -1;
  }
  if (dots !== 3) return -1;
  const prefix = prefixFrom(cidr, index + 1);
  if (prefix === -1) return -1;
  return liesInSpecialIpv4(number, prefix) ? 0 : weightOfPrefix('ipv4', prefix);
}

/** The prefix length of an IPv4 block from a place in its text on; -1 where there is none. */
function prefixFrom(cidr: string, start: number): number {
  const first = cidr.charCodeAt(start) - 48;
  if (!(first >= 0 && first <= 9)) return -1;
  if (cidr.length === start + 1) return first;
  const second = cidr.charCodeAt(start + 1) - 48;
  if (first === 0 || !(second >= 0 && second <= 9) || cidr.length !== start + 2) return -1;
  const prefix = first * 10 + second;
  return prefix <= 32 ? prefix : -1;
}

/** How many addresses a CIDR block of this prefix length holds. */
export function sizeOfPrefix(family: AddressFamily, prefix: number): bigint {
  return 1n << BigInt(bits[family] - prefix);
}

/** The same as a number: a power of two, which doubles hold exactly. */
export function weightOfPrefix(family: AddressFamily, prefix: number): number {
  return weights[(family === 'ipv4' ? 32 : 128) - prefix] ?? Number.POSITIVE_INFINITY;
}

/** Powers of two, by how many bits an address has after the prefix. */
const weights = Array.from({ length: bits.ipv6 + 1 }, (_, host) => 2 ** host);

/** How many addresses of the internet the ranges of one family hold together: each once, special ones left out. */
export function internetSize(ranges: readonly AddressRange[], family: AddressFamily): bigint {
  const own = ranges.filter((range) => range.family === family);
  const [only] = own;
  if (own.length === 1 && only !== undefined) return only.internet;
  return merge(own).reduce((size, span) => size + withoutSpecial(span, family), 0n);
}

function withoutSpecial(span: Span, family: AddressFamily): bigint {
  return specialRanges[family].reduce(
    (size, special) => size - overlap(span, special),
    span.last - span.first + 1n,
  );
}

function merge(spans: readonly Span[]): Span[] {
  const sorted = spans.toSorted((a, b) => ascending(a.first, b.first));
  const merged: Span[] = [];
  for (const { first, last } of sorted) {
    const previous = merged.at(-1);
    if (previous === undefined || first > previous.last) merged.push({ first, last });
    else if (last > previous.last) previous.last = last;
  }
  return merged;
}

function overlap(a: Span, b: Span): bigint {
  let { first, last } = a;
  if (b.first > first) first = b.first;
  if (b.last < last) last = b.last;
  return last < first ? 0n : last - first + 1n;
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function spanOf(family: AddressFamily, address: string, prefix: number): Span {
  const host = BigInt(bits[family] - prefix);
  const number = family === 'ipv4' ? BigInt(ipv4Number(address)) : ipv6Number(address);
  const first = (number >> host) << host;
  return { first, last: first + (1n << host) - 1n };
}

function ipv4Number(address: string): number {
  return address.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}

/** Eight groups of four hexadecimal digits; `::` stands for the zeros that are missing, the end may be an IPv4 address. */
function ipv6Number(address: string): bigint {
  const hexadecimal = address.replace(/[\d.]+\.\d+$/, (end) => {
    const number = ipv4Number(end);
    return `${(number >>> 16).toString(16)}:${(number & 0xffff).toString(16)}`;
  });
  const [head = [], tail = []] = hexadecimal
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...tail].reduce((number, group) => (number << 16n) | BigInt(`0x${group}`), 0n);
}

/** Whether a block lies within one of the special ranges that most private blocks lie in. */
function isSpecial(family: AddressFamily, address: string, prefix: number): boolean {
  if (family === 'ipv6') return prefix >= 7 && /^f[cd][0-9a-f]{2}:/i.test(address);
  return liesInSpecialIpv4(ipv4Number(address), prefix);
}

function liesInSpecialIpv4(number: number, prefix: number): boolean {
  for (const special of specialIpv4) {
    if (prefix >= special.prefix && number >>> special.host === special.start) return true;
  }
  return false;
}

/**
 * Addresses that no packet from the internet carries: private, shared, local, documentation, multicast and reserved.
 * From IANA's registries of special-purpose addresses:
 * https://www.iana.org/assignments/iana-ipv4-special-registry/
 * https://www.iana.org/assignments/iana-ipv6-special-registry/
 * and the multicast blocks of RFC 5771 and RFC 4291. None overlaps another.
 */
const specialBlocks: Readonly<Record<AddressFamily, readonly string[]>> = {
  ipv4: [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/4',
    '240.0.0.0/4',
  ],
  ipv6: [
    '::/127',
    '::ffff:0:0/96',
    '64:ff9b:1::/48',
    '100::/64',
    '2001:2::/48',
    '2001:10::/28',
    '2001:db8::/32',
    '3fff::/20',
    '5f00::/16',
    'fc00::/7',
    'fe80::/10',
    'ff00::/8',
  ],
};

const specialRanges = { ipv4: specialBlocks.ipv4.map(blockSpan), ipv6: specialBlocks.ipv6.map(blockSpan) };

/** The special blocks of IPv4 as 32-bit numbers: how many bits a member has after the prefix, and what stands before them. */
const specialIpv4 = specialBlocks.ipv4.map((block) => {
  const [address = '', prefix = ''] = block.split('/');
  const host = 32 - Number(prefix);
  return { prefix: Number(prefix), host, start: ipv4Number(address) >>> host };
});

function blockSpan(block: string): Span {
  const [address = '', prefix = ''] = block.split('/');
  return spanOf(isIPv4(address) ? 'ipv4' : 'ipv6', address, Number(prefix));
}
