import { parseOrganization } from '../../../config/organization';
import { PolicyError } from '../../../config/policy-error';
import { deployedName, placeholderIds as ids, withOwnKeys } from '../../../sandbox/scenario/policy-file';
import { namesForPolicies } from '../../../sandbox/scenario/policy-names';

const real = `# ours
organization:
  id: o-abcde12345
  managementAccount: "111111111111"
hub: # the account of the security team
  account: "222222222222"
  region: ap-south-1
targets:
  - ou-abcd-11111111
  # later
  - ou-abcd-22222222
autoResponse:
  default: off
  organizationalUnits:
    /Workloads/Production: approval
slack: { channel: C0123456789 }
`;

function parse(text: string) {
  return parseOrganization(withOwnKeys(text, ids), 'ours.yaml');
}

describe("a policy file with the sandbox's own keys", () => {
  it('speaks of the sandbox, and keeps the number of every line', () => {
    const policy = parse(real);

    expect(policy.organization).toEqual({
      id: ids.organizationId,
      managementAccount: ids.managementAccountId,
    });
    expect(policy.hub).toMatchObject({ account: ids.accounts.security, region: 'eu-west-1' });
    expect(policy.targets).toEqual(Object.values(ids.units));
    expect(policy.regions).toEqual(['eu-west-1', 'us-east-1']);
    expect(policy.slack.channel).toBe('C0SECURITY1');
    expect(policy.autoResponse.organizationalUnits).toMatchObject({
      '/Workloads/Production': { flag: 'approval', source: 'ours.yaml:15' },
    });
  });

  it.each([
    ['nothing of its own but a flag', 'autoResponse: { default: approval }'],
    ['no newline at its end', 'lossy: wait\nautoResponse:\n  default: approval'],
    ['braces around everything', '{ autoResponse: { default: approval }, hub: { account: "1" } }'],
    ['an indent', '  autoResponse:\n    default: approval\n  hub:\n'],
    ['Windows line ends', 'hub:\r\n  account: "1"\r\nautoResponse:\r\n  default: approval\r\n'],
  ])('may have %s', (_, text) => {
    expect(parse(text).autoResponse.default.flag).toBe('approval');
  });

  it.each([
    ['', 'the file is empty'],
    ['autoResponse: { default: of }', /ours\.yaml:1:26 /],
    ['hub: {}\nhub: {}\nautoResponse: { default: off }', /ours\.yaml:2.*twice/],
    ['autoResponse: [', 'not valid YAML'],
    ['- a list', /ours\.yaml/],
  ])('is refused as it is where it is wrong: %j', (text, message) => {
    expect(() => parse(text)).toThrow(PolicyError);
    expect(() => parse(text)).toThrow(message);
  });

  it('is called by its own name where it is deployed', () => {
    expect(deployedName('../policies/ours.yaml')).toBe('ours.yaml');
    expect(deployedName('/dev/stdin')).toBe('organization.yaml');
    expect(deployedName('cdk.out')).toBe('organization.yaml');
  });

  it('names what it may speak of', () => {
    expect(namesForPolicies()).toMatch(
      /^Accounts: .*payments.*newcomer.*\nUnits: .*\/Workloads\/Staging\/Nightly/,
    );
  });
});
