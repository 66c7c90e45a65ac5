import { compilePolicy } from '../../config/compile';
import { parseCompiledPolicy } from '../../config/compiled';
import { parseOrganization } from '../../config/organization';
import { formatProblem, PolicyError } from '../../config/policy-error';
import { configBucketName } from '../../core/names';

const policyOf = (hub: string) => `organization: { id: o-exampleorg1, managementAccount: "111111111111" }
hub: { account: "222222222222", region: eu-west-1${hub} }
targets: [r-abcd]
slack: { channel: C0123456789 }
`;
const organizationWith = (hub: string) => parseOrganization(policyOf(hub), 'policy.yaml');
const nameWith = (hub: string) => configBucketName(organizationWith(hub).hub);

function problemsWith(name: string): string[] {
  try {
    organizationWith(`, deliveryBucket: ${JSON.stringify(name)}`);
    return [];
  } catch (error) {
    if (error instanceof PolicyError) return error.problems.map(formatProblem);
    throw error;
  }
}

describe('hub.deliveryBucket', () => {
  it('names the bucket; without it the name follows from the account', () => {
    expect(nameWith(', deliveryBucket: acme-config-history')).toBe('acme-config-history');
    expect(nameWith('')).toBe('staunch-config-222222222222');
  });

  it('is nothing that the hub needs at run time', () => {
    const policy = compilePolicy(organizationWith(', deliveryBucket: acme-config-history'));

    expect(policy.hub).toEqual({ account: '222222222222', region: 'eu-west-1' });
    expect(parseCompiledPolicy(JSON.stringify(policy))).toEqual(policy);
  });

  it.each(['abc', 'acme.config-history', '1-2', 'a--b', 'a'.repeat(63)])('takes %s', (name) => {
    expect(problemsWith(name)).toEqual([]);
  });

  it.each([
    'ab',
    'a'.repeat(64),
    'Acme',
    'acme_config',
    '-acme',
    'acme-',
    'a..b',
    'a.-b',
    'a-.b',
    '192.168.5.4',
    'xn--acme',
    'sthree-acme',
    'amzn-s3-demo-acme',
    'acme-s3alias',
    'acme--ol-s3',
    'acme.mrap',
    'acme--x-s3',
    'acme--table-s3',
    'arn:aws:s3:::acme',
  ])('refuses %s, and says what a name is made of', (name) => {
    const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
    expect(problemsWith(name)).toEqual([
      expect.stringContaining(
        `policy.yaml:2:68 hub.deliveryBucket: ${shown}: a bucket's name is 3 to 63 small letters, digits, hyphens and dots`,
      ),
    ]);
  });
});
