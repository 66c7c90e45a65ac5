import * as z from 'zod/mini';
import { parametersSchema, portRules } from '../../../controls/security-group-open-ports/parameters';

describe('the parameters of security-group-open-ports', () => {
  it('prohibit the administrative ports by default, and keep the web open', () => {
    expect(z.parse(parametersSchema, {})).toMatchObject({
      prohibitedPorts: [22, 1433, 3306, 3389],
      keepOpen: [80, 443],
    });
  });

  it('take ports, ranges and protocols, and merge what overlaps', () => {
    const parameters = z.parse(parametersSchema, {
      prohibitedPorts: [25, '20-23', '22-24', '53/udp'],
      keepOpen: [],
    });

    expect(portRules(parameters)).toEqual({
      tcp: { prohibited: [{ from: 20, to: 25 }], keepOpen: [] },
      udp: { prohibited: [{ from: 53, to: 53 }], keepOpen: [] },
    });
  });

  it('prohibit everything else where ports are allowed', () => {
    const parameters = z.parse(parametersSchema, { allowedPorts: [443] });

    expect(portRules(parameters).tcp.prohibited).toEqual([
      { from: 0, to: 442 },
      { from: 444, to: 65535 },
    ]);
  });

  it.each([
    { prohibitedPorts: [65536] },
    { prohibitedPorts: ['30-20'] },
    { prohibitedPorts: ['22/icmp'] },
    { prohibitedPorts: [22.5] },
    { prohibitedPorts: 22 },
    { keepOpen: ['0-65535'] },
    { allowedPorts: ['1-40000', '40001-65535'] },
    { ipv4Prefix: 33 },
    { prohibitedPort: [22] },
  ])('refuse %j', (parameters) => {
    expect(z.safeParse(parametersSchema, parameters).success).toBe(false);
  });
});
