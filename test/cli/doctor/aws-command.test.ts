import { awsCommand, hyphened } from '../../../cli/doctor/aws-command';

describe('a call as a command', () => {
  it.each([
    ['EnableAWSServiceAccess', 'enable-aws-service-access'],
    ['S3BucketName', 's3-bucket-name'],
    ['ListAWSServiceAccessForOrganization', 'list-aws-service-access-for-organization'],
    ['StackSetName', 'stack-set-name'],
    ['IsMultiRegionTrail', 'is-multi-region-trail'],
  ])('calls %s as the AWS command line does', (name, said) => {
    expect(hyphened(name)).toBe(said);
  });

  it('has switches, lists, JSON, and the Region last', () => {
    expect(
      awsCommand({
        service: 'config-service',
        operation: 'StartConfigRulesEvaluation',
        region: 'eu-west-1',
        input: {
          ConfigRuleNames: ['a', 'b'],
          Deep: { Accounts: ["o'clock"] },
          IsOn: true,
          IsOff: false,
          Count: 3,
        },
      }),
    ).toBe(
      `aws configservice start-config-rules-evaluation --config-rule-names a b --deep '{"Accounts":["o'\\''clock"]}' --is-on --no-is-off --count 3 --region eu-west-1`,
    );
  });

  it("keeps what a stranger's text could have a shell do within quotes", () => {
    const command = awsCommand({
      service: 'organizations',
      operation: 'UpdatePolicy',
      input: { Content: "'; rm -rf ~; $(id)" },
    });

    expect(command).toBe(`aws organizations update-policy --content ''\\''; rm -rf ~; $(id)'`);
  });
});
