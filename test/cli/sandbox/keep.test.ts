import { keepInstructions } from '../../../cli/sandbox/keep';

describe('what --keep prints', () => {
  const text = keepInstructions({
    gateway: { endpoint: 'http://127.0.0.1:40000' },
    hub: { accountId: '222222222222', region: 'eu-west-1' },
    organization: {
      managementAccountId: '111111111111',
      accounts: { security: '222222222222', playground: '333333333333' },
    },
  });

  it('fits a terminal of 80 columns', () => {
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('can be pasted: endpoint, accounts, how to deploy another policy', () => {
    expect(text).toContain('export AWS_ENDPOINT_URL=http://127.0.0.1:40000 AWS_DEFAULT_REGION=eu-west-1\n');
    expect(text).toContain('export AWS_ACCESS_KEY_ID=333333333333 AWS_SECRET_ACCESS_KEY=any\n');
    expect(text).toContain('--group-id $id \\\n      --protocol tcp');
    expect(text).toContain('sandbox deploy my-policy.yaml');
  });
});
