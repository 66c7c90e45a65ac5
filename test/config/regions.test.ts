import { parseOrganization } from '../../config/organization';
import { unusableRegion } from '../../config/regions';
import { problemsWith } from './support/policy';

describe('unusableRegion', () => {
  it.each([
    'eu-west-1',
    'us-east-1',
    'ap-southeast-5',
    'il-central-1',
    'mx-central-1',
    'us-gov-west-1',
    'cn-north-1',
  ])('takes %s', (region) => {
    expect(unusableRegion(region)).toBeUndefined();
  });

  it.each([
    ['eu-wset-1', 'AWS has no such Region, as far as this version of Staunch knows; did you mean eu-west-1?'],
    [
      'us-gov-wset-1',
      'AWS has no such Region, as far as this version of Staunch knows; did you mean us-gov-west-1?',
    ],
    ['us-esat-2', 'AWS has no such Region, as far as this version of Staunch knows; did you mean us-east-2?'],
    ['eu-west-9', 'AWS has no such Region, as far as this version of Staunch knows; did you mean eu-west-1?'],
    ['xx-nowhere-at-all-1', 'AWS has no such Region, as far as this version of Staunch knows.'],
    ['us-east1', 'a Region is written like eu-west-1; did you mean us-east-1?'],
    ['EU-WEST-1', 'a Region is written like eu-west-1; did you mean eu-west-1?'],
    ['eu-west-1a', 'a Region is written like eu-west-1; did you mean eu-west-1?'],
    ['Ireland', 'a Region is written like eu-west-1.'],
    ['aws-global', 'a Region is written like eu-west-1.'],
  ])('refuses %s, and says what would be right', (region, message) => {
    expect(unusableRegion(region)).toBe(message);
  });

  it.each([
    ['eusc-de-east-1', 'aws-eusc'],
    ['us-iso-east-1', 'aws-iso'],
  ])('refuses %s, which is of the partition %s', (region, partition) => {
    expect(unusableRegion(region)).toBe(
      `this Region is of the partition ${partition}, in which Staunch does not run; it runs in aws, aws-us-gov, aws-cn.`,
    );
  });
});

describe('a policy', () => {
  it('is refused with Regions of two partitions, since an organization lies in one', () => {
    const policy = `organization: { id: o-exampleorg1, managementAccount: "111111111111" }
hub: { account: "222222222222", region: eu-west-1 }
regions: [eu-west-1, us-gov-west-1]
targets: [/]
slack: { channel: C0123456789 }
`;
    expect(() => parseOrganization(policy, 'policy.yaml')).toThrow(
      "regions[1]: us-gov-west-1: the hub's Region is of the partition aws, and an organization lies in one alone; take this one out.",
    );
  });

  it('is refused with a Region that does not exist, wherever it names one, each place once', () => {
    const exemption = {
      control: 's3-public-access',
      account: 'legacy',
      resource: 'photos',
      region: 'eu-wset-1',
      reason: 'r',
      owner: 'o',
      expires: '2027-03-01',
    };
    const problems = problemsWith(`exemptions: [${JSON.stringify(exemption)}]`);

    expect(problems).toEqual([
      expect.stringContaining('exemptions[0].region: eu-wset-1: AWS has no such Region'),
    ]);
  });
});
