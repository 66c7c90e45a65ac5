import * as z from 'zod/mini';
import { parametersSchema, prohibitedPorts } from '../../../controls/security-group-open-ports/parameters';

describe('the parameters of security-group-open-ports', () => {
  it('prohibit remote administration and databases by default', () => {
    expect(z.parse(parametersSchema, {})).toEqual({
      prohibitedPorts: [
        22, 23, 135, 445, 1433, 1521, 2375, 3306, 3389, 5432, 5601, 5900, 5985, 6379, 9200, 11211, 27017,
      ],
      keepProtocols: [],
      ipv4Prefix: 8,
      ipv6Prefix: 32,
      ipv4SumPrefix: 4,
      ipv6SumPrefix: 20,
      severity: 'critical',
      unattachedSeverity: 'medium',
      rulesQuota: 60,
    });
  });

  it('refuse to prohibit nothing, and say what would be right', () => {
    expect(z.safeParse(parametersSchema, { prohibitedPorts: [] }).error?.issues).toMatchObject([
      { path: ['prohibitedPorts'], message: expect.stringContaining('set its flag to off') },
    ]);
  });

  it('take ports, ranges and protocols, and merge what overlaps', () => {
    const parameters = z.parse(parametersSchema, {
      prohibitedPorts: [25, '20-23', '22-24', '53/udp'],
    });

    expect(prohibitedPorts(parameters)).toEqual({
      tcp: [{ from: 20, to: 25 }],
      udp: [{ from: 53, to: 53 }],
    });
  });

  it('prohibit everything else where ports are allowed', () => {
    const parameters = z.parse(parametersSchema, { allowedPorts: [443] });

    expect(prohibitedPorts(parameters).tcp).toEqual([
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
    { keepOpen: [80] },
    { keepProtocols: [256] },
    { ipv4SumPrefix: 33 },
    { rulesQuota: 0 },
    { allowedPorts: ['1-40000', '40001-65535'] },
    { ipv4Prefix: 33 },
    { prohibitedPort: [22] },
  ])('refuse %j', (parameters) => {
    expect(z.safeParse(parametersSchema, parameters).success).toBe(false);
  });
});
