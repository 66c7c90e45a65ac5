import { Aws } from 'aws-cdk-lib';
import { longestPattern, nameOfPart, trailPatterns } from '../../infra/trail-patterns';

const sources = ['example.amazonaws.com'];
const names = Array.from({ length: 120 }, (_, index) => `AuthorizeSomethingNumber${index}`);

describe('patterns for recorded calls', () => {
  it('are one where the names fit, with what else is asked for', () => {
    expect(trailPatterns({ sources, names: ['Open', 'Widen'], detail: { more: ['x'] } })).toEqual([
      {
        source: ['aws.example'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: sources,
          eventName: ['Open', 'Widen'],
          errorCode: [{ exists: false }],
          more: ['x'],
        },
      },
    ]);
  });

  it('are several where the names are too many, each as long as it may be, and every name is in one', () => {
    const patterns = trailPatterns({ sources, names });
    expect(patterns.length).toBeGreaterThan(1);
    expect(patterns.flatMap(({ detail }) => detail.eventName)).toEqual(names);
    const sizes = patterns.map((pattern) => JSON.stringify(pattern).length);
    for (const size of sizes) expect(size).toBeLessThanOrEqual(longestPattern);
    for (const size of sizes.slice(0, -1)) expect(size).toBeGreaterThan(longestPattern - 40);
  });

  it("count an account's id with its twelve digits, which stand for a longer token", () => {
    const detail = { account: Array.from({ length: 100 }, () => Aws.ACCOUNT_ID) };
    expect(trailPatterns({ sources, names: ['Open'], detail })).toHaveLength(1);
  });

  it('are refused where one name is too long', () => {
    expect(() => trailPatterns({ sources, names: ['x'.repeat(longestPattern)] })).toThrow('2048 characters');
  });

  it('belong to rules of which the first has the bare name', () => {
    expect([0, 1, 2].map((index) => nameOfPart('rule', index))).toEqual(['rule', 'rule-2', 'rule-3']);
  });
});
