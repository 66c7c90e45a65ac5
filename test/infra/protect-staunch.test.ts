import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { roleArn, roleNames, ruleFunctionName, trailForwardingRuleName } from '../../core/names';
import { partitions } from '../../core/partition';

const text = readFileSync(resolve(__dirname, '../../docs/protect-staunch.scp.json'), 'utf8');
const { Statement: statements } = JSON.parse(text) as {
  Statement: { Effect: string; Resource: string | string[]; Condition: unknown }[];
};

describe('the sample service control policy', () => {
  it('fits, without its white space, and denies all but those who deploy', () => {
    // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
    expect(JSON.stringify(JSON.parse(text)).length).toBeLessThanOrEqual(5_120);
    for (const { Effect, Condition } of statements) {
      expect(Effect).toBe('Deny');
      expect(JSON.stringify(Condition)).toContain('ArnNotLike');
    }
  });

  it.each(partitions)('protects what Staunch has in members of %s, and nothing else', (partition) => {
    const patterns = statements.flatMap(({ Resource }) => Resource);
    const isProtected = (arn: string) =>
      patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(arn));
    const at = (service: string, resource: string) =>
      `arn:${partition}:${service}:eu-west-1:333333333333:${resource}`;
    const own = [
      ...Object.values(roleNames).map((name) => roleArn('333333333333', name, partition)),
      at('lambda', `function:${ruleFunctionName}`),
      at('events', `rule/${trailForwardingRuleName('bucket')}`),
      at('config', 'configuration-recorder/staunch/0123456789abcdef'),
    ];
    expect(own.filter((arn) => !isProtected(arn))).toEqual([]);
    expect(isProtected(at('lambda', 'function:payments'))).toBe(false);
    expect(isProtected(at('config', 'configuration-recorder/default/0123456789abcdef'))).toBe(false);
  });
});
