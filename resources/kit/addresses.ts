import { isIPv4, isIPv6 } from 'node:net';
import { notUnderstood } from './input';

/** Addresses from `first` to `last`, both included, as numbers. */
export interface AddressRange {
  family: AddressFamily;
  first: bigint;
  last: bigint;
}

export type AddressFamily = 'ipv4' | 'ipv6';

/** The families, in the order in which they are looked at. */
export const addressFamilies: readonly AddressFamily[] = ['ipv4', 'ipv6'];

/** Bits of an address. */
const bits = { ipv4: 32, ipv6: 128 } as const;

/** An address without a zone, and a prefix length without leading zeros. */
const cidrPattern = /^([0-9a-fA-F:.]{2,45})\/(0|[1-9]\d{0,2})$/;

/**
 * The addresses of a CIDR block; bits after the prefix are ignored, as EC2 does.
 * @throws ResourceInputError when `cidr` is not an IPv4 or IPv6 CIDR block.
 */
export function parseCidr(cidr: string, where: string): AddressRange {
  const range = tryParseCidr(cidr);
  if (range === undefined) throw notUnderstood(where, 'an IPv4 or IPv6 CIDR block', cidr);
  return range;
}

/** As `parseCidr`, and undefined where the text is no CIDR block. */
export function tryParseCidr(cidr: string): AddressRange | undefined {
  const [, address = '', prefix = ''] = cidrPattern.exec(cidr) ?? [];
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
  if (family === undefined || Number(prefix) > bits[family]) return undefined;
  const host = BigInt(bits[family] - Number(prefix));
  const number = family === 'ipv4' ? ipv4Number(address) : ipv6Number(address);
  const first = (number >> host) << host;
  return { family, first, last: first + (1n << host) - 1n };
}

/** How many addresses a CIDR block of this prefix length holds. */
export function sizeOfPrefix(family: AddressFamily, prefix: number): bigint {
  return 1n << BigInt(bits[family] - prefix);
}

/** How many addresses of the internet the ranges of one family hold together: each once, special ones left out. */
export function internetSize(ranges: readonly AddressRange[], family: AddressFamily): bigint {
  const merged = merge(ranges.filter((range) => range.family === family));
  let size = 0n;
  for (const range of merged) {
    size += range.last - range.first + 1n;
    for (const special of specialRanges[family]) size -= overlap(range, special);
  }
  return size;
}

function merge(ranges: AddressRange[]): AddressRange[] {
  if (ranges.length < 2) return ranges;
  const sorted = ranges.toSorted((a, b) => ascending(a.first, b.first));
  const merged: AddressRange[] = [];
  for (const range of sorted) {
    const previous = merged.at(-1);
    if (previous === undefined || range.first > previous.last) merged.push({ ...range });
    else if (range.last > previous.last) previous.last = range.last;
  }
  return merged;
}

function overlap(a: AddressRange, b: AddressRange): bigint {
  let { first, last } = a;
  if (b.first > first) first = b.first;
  if (b.last < last) last = b.last;
  return last < first ? 0n : last - first + 1n;
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function ipv4Number(address: string): bigint {
  return address.split('.').reduce((number, part) => (number << 8n) | BigInt(part), 0n);
}

/** Eight groups of four hexadecimal digits; `::` stands for the zeros that are missing, the end may be an IPv4 address. */
function ipv6Number(address: string): bigint {
  const hexadecimal = address.replace(/[\d.]+\.\d+$/, (end) => {
    const number = ipv4Number(end);
    return `${(number >> 16n).toString(16)}:${(number & 0xffffn).toString(16)}`;
  });
  const [head = [], tail = []] = hexadecimal
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...tail].reduce((number, group) => (number << 16n) | BigInt(`0x${group}`), 0n);
}

/**
 * Addresses that no packet from the internet carries: private, shared, local, documentation, multicast and reserved.
 * From IANA's registries of special-purpose addresses:
 * https://www.iana.org/assignments/iana-ipv4-special-registry/
 * https://www.iana.org/assignments/iana-ipv6-special-registry/
 * and the multicast blocks of RFC 5771 and RFC 4291. None overlaps another.
 */
const specialRanges: Readonly<Record<AddressFamily, readonly AddressRange[]>> = {
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
  ].map((cidr) => parseCidr(cidr, 'special range')),
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
  ].map((cidr) => parseCidr(cidr, 'special range')),
};
