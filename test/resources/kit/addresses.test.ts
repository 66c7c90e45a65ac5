import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { internetSize, parseCidr, tryParseCidr } from '../../../resources/kit/addresses';
import { runs } from '../../controls/support/arbitraries';

const size = (family: 'ipv4' | 'ipv6', ...cidrs: string[]) =>
  internetSize(
    cidrs.map((cidr) => parseCidr(cidr, 'cidr')),
    family,
  );

describe('a CIDR block', () => {
  it('is read as ipaddr.js reads it, whatever the address', () => {
    const blocks = fc.oneof(
      fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
      fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })),
    );
    fc.assert(
      fc.property(blocks, ([address, prefix]) => {
        // ipaddr.js takes the deprecated `::1.2.3.4` for `::ffff:1.2.3.4`, unlike RFC 4291, section 2.5.5.1.
        fc.pre(!/^::[\d.]+$/.test(address) || address === '::');
        const range = parseCidr(`${address}/${prefix}`, 'cidr');
        const bytes = ipaddr.parse(address).toByteArray();
        const number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
        const host = BigInt(bytes.length * 8 - prefix);

        expect(range.first).toBe((number >> host) << host);
        expect(range.last - range.first).toBe((1n << host) - 1n);
      }),
      runs,
    );
  });

  it('may end in an IPv4 address', () => {
    expect(parseCidr('::1.2.3.4/128', 'cidr').first).toBe(0x01020304n);
    expect(parseCidr('64:ff9b::1.2.3.4/128', 'cidr').first).toBe((0x64ff9bn << 96n) | 0x01020304n);
  });

  it.each([
    '',
    '/',
    '10.0.0.0',
    '10.0.0/8',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0.0/-1',
    '010.0.0.0/8',
    '10.0.0.256/8',
    '::/129',
    ':::/0',
    '1::2::3/0',
    'fe80::1%eth0/64',
    '1:2:3:4:5:6:7:8:9/64',
    '0.0.0.0/0 ',
  ])('is not %j', (text) => {
    expect(tryParseCidr(text)).toBeUndefined();
  });
});

describe('the size of the internet', () => {
  it('counts an address once, however often it is listed', () => {
    expect(size('ipv4', '52.0.0.0/8', '52.0.0.0/9', '52.128.0.0/9', '52.1.2.3/32')).toBe(1n << 24n);
    expect(size('ipv4', '0.0.0.0/1', '128.0.0.0/1')).toBe(size('ipv4', '0.0.0.0/0'));
  });

  it('leaves private and special addresses out', () => {
    expect(size('ipv4', '10.0.0.0/8', '192.168.0.0/16', '127.0.0.1/32', '224.0.0.0/3')).toBe(0n);
    expect(size('ipv4', '10.0.0.0/7')).toBe(1n << 24n);
    expect(size('ipv6', 'fc00::/7', 'fe80::/10', '::1/128', '2001:db8::/32')).toBe(0n);
  });

  it('counts one family only', () => {
    expect(size('ipv4', '::/0', '52.0.0.0/8')).toBe(1n << 24n);
    expect(size('ipv6', '52.0.0.0/8')).toBe(0n);
  });
});
