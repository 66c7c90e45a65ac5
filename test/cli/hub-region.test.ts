import { join } from 'node:path';
import { hubOfPolicy, hubRegion } from '../../cli/hub-region';

const policyHub = () => ({ account: '111111111111', region: 'eu-north-1' });
const environment = { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-west-2' };

describe("the hub's Region", () => {
  it.each([
    ['the option', 'eu-west-1', environment, 'eu-west-1'],
    ['AWS_REGION', undefined, environment, 'us-east-1'],
    ['AWS_DEFAULT_REGION', undefined, { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-west-2' }, 'us-west-2'],
    ['the policy', undefined, {}, 'eu-north-1'],
  ])('is what %s says, before what counts less', (_, option, variables, expected) => {
    expect(hubRegion(option, variables, policyHub)).toBe(expected);
  });

  it('has to be said by somebody', () => {
    expect(() => hubRegion(undefined, {}, () => undefined)).toThrow('Give --region, set AWS_REGION');
  });

  it('has to be one, and the message says who named it', () => {
    expect(() => hubRegion(undefined, { AWS_DEFAULT_REGION: 'Ireland' }, policyHub)).toThrow(
      'AWS_DEFAULT_REGION is "Ireland", which is no Region',
    );
  });

  it('is not taken from a policy that is not there', () => {
    expect(hubOfPolicy(join(__dirname, 'no-such.yaml'))).toBeUndefined();
  });

  it("is that of the project's own policy", () => {
    expect(hubOfPolicy()).toEqual({ account: '222222222222', region: 'eu-west-1' });
  });
});
