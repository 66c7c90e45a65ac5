import {
  CloudTrailClient,
  CreateTrailCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  ConfigServiceClient,
  DescribeConfigRulesCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  GetResourceConfigHistoryCommand,
  ListDiscoveredResourcesCommand,
} from '@aws-sdk/client-config-service';
import {
  DeleteAccountPasswordPolicyCommand,
  IAMClient,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { UnsupportedError } from '../../../../sandbox/failures';
import {
  administrator,
  createFixture,
  customRule,
  type Fixture,
  home,
  managedRule,
  stopMotoOfThisFile,
} from './support/fixture';

const type = 'AWS::S3::Bucket';

let aws: Fixture;
let config: ConfigServiceClient;

beforeEach(async () => {
  aws = await createFixture();
  config = new ConfigServiceClient(administrator(aws.gateway));
});
afterEach(() => aws.stop());
afterAll(stopMotoOfThisFile);

async function createBucket() {
  const s3 = new S3Client({ ...administrator(aws.gateway), forcePathStyle: true });
  await s3.send(
    new CreateBucketCommand({
      Bucket: 'photos',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  );
  await aws.settled();
  return s3;
}

function verdicts() {
  return aws.of('evaluated').map(({ compliance }) => compliance);
}

it("judges the account's password policy, again when it changes", async () => {
  await aws.startRecording(type);
  await aws.config.putRule(managedRule('IAM_PASSWORD_POLICY', { MinimumPasswordLength: '14' }));
  await aws.settled();
  const iam = new IAMClient(administrator(aws.gateway, home.accountId, 'us-east-1'));
  const strict = {
    RequireUppercaseCharacters: true,
    RequireLowercaseCharacters: true,
    RequireSymbols: true,
    RequireNumbers: true,
    MinimumPasswordLength: 14,
    PasswordReusePrevention: 24,
    MaxPasswordAge: 90,
  };
  await iam.send(new UpdateAccountPasswordPolicyCommand(strict));
  await aws.settled();
  await iam.send(new UpdateAccountPasswordPolicyCommand({ ...strict, MinimumPasswordLength: 13 }));
  await aws.settled();
  await iam.send(new DeleteAccountPasswordPolicyCommand({}));
  await aws.settled();

  expect(verdicts()).toEqual(['NON_COMPLIANT', 'COMPLIANT', 'NON_COMPLIANT', 'NON_COMPLIANT']);
  expect(aws.of('evaluated')[0]).toMatchObject({
    resourceType: 'AWS::::Account',
    resourceId: home.accountId,
  });
  expect(aws.busEvents).toHaveLength(3);
});

it('judges whether a trail logs, again when it starts and stops', async () => {
  await aws.startRecording(type);
  await createBucket();
  await aws.config.putRule(managedRule('CLOUD_TRAIL_ENABLED'));
  await aws.settled();
  const cloudTrail = new CloudTrailClient(administrator(aws.gateway));
  await cloudTrail.send(new CreateTrailCommand({ Name: 'trail', S3BucketName: 'photos' }));
  await aws.settled();
  await cloudTrail.send(new StartLoggingCommand({ Name: 'trail' }));
  await aws.settled();
  await cloudTrail.send(new StopLoggingCommand({ Name: 'trail' }));
  await aws.settled();

  expect(verdicts()).toEqual(['NON_COMPLIANT', 'NON_COMPLIANT', 'COMPLIANT', 'NON_COMPLIANT']);
});

it('names a managed rule that it cannot evaluate', async () => {
  await aws.startRecording(type);
  await expect(aws.config.putRule(managedRule('ROOT_ACCOUNT_MFA_ENABLED'))).rejects.toThrow(UnsupportedError);
  await expect(aws.config.putRule(managedRule('ROOT_ACCOUNT_MFA_ENABLED'))).rejects.toThrow(
    /ROOT_ACCOUNT_MFA_ENABLED/,
  );
});

it('answers an operation that it does not know with 501, and stops the run', async () => {
  await expect(config.send(new ListDiscoveredResourcesCommand({ resourceType: type }))).rejects.toMatchObject(
    {
      $metadata: { httpStatusCode: 501 },
    },
  );
  expect(aws.failures.all).toMatchObject([{ name: 'UnsupportedError', message: /ListDiscoveredResources/ }]);
});

it('keeps the history of a resource, as text, the access control list encoded twice', async () => {
  await aws.startRecording(type);
  const s3 = await createBucket();
  const Policy = '{"Version":"2012-10-17","Statement":[]}';
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'photos', Policy }));
  await aws.settled();

  const { configurationItems } = await config.send(
    new GetResourceConfigHistoryCommand({ resourceType: type, resourceId: 'photos', limit: 1 }),
  );
  expect(configurationItems).toHaveLength(1);
  const supplementary = configurationItems?.[0]?.supplementaryConfiguration ?? {};
  expect(JSON.parse(supplementary.BucketPolicy ?? '')).toEqual({ policyText: Policy });
  expect(JSON.parse(JSON.parse(supplementary.AccessControlList ?? ''))).toHaveProperty('grantList');
  expect(JSON.parse(configurationItems?.[0]?.configuration ?? '')).toMatchObject({ name: 'photos' });
  expect(configurationItems?.[0]?.configurationItemCaptureTime).toBeInstanceOf(Date);

  const forward = await config.send(
    new GetResourceConfigHistoryCommand({
      resourceType: type,
      resourceId: 'photos',
      chronologicalOrder: 'Forward',
    }),
  );
  expect(forward.configurationItems?.map((item) => item.configurationItemStatus)).toEqual([
    'ResourceDiscovered',
    'OK',
  ]);
});

it('does not know the history of what was never recorded', async () => {
  await aws.startRecording(type);
  await expect(
    config.send(new GetResourceConfigHistoryCommand({ resourceType: type, resourceId: 'nothing' })),
  ).rejects.toMatchObject({ name: 'ResourceNotDiscoveredException' });
});

it('sends a summary where an item is too large', async () => {
  await aws.startRecording(type);
  const s3 = await createBucket();
  await aws.config.putRule(customRule(type));
  await aws.settled();
  const Policy = JSON.stringify({ Version: '2012-10-17', Id: 'x'.repeat(270_000), Statement: [] });
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'photos', Policy }));
  await aws.settled();

  const notification = JSON.parse(aws.invocations.at(-1)?.invokingEvent ?? '{}');
  expect(notification).toMatchObject({
    messageType: 'OversizedConfigurationItemChangeNotification',
    configurationItemSummary: { resourceId: 'photos', resourceType: type, changeType: 'UPDATE' },
  });
  expect(notification).not.toHaveProperty('configurationItem');
});

it('does not invoke a rule that did not ask for that kind of message', async () => {
  await aws.startRecording(type);
  await createBucket();
  await aws.config.putRule({
    ...customRule(type),
    messageTypes: ['OversizedConfigurationItemChangeNotification'],
  });
  await aws.settled();
  expect(aws.invocations).toEqual([]);
});

it('does not invoke a rule for other resource types', async () => {
  await aws.startRecording(type);
  await createBucket();
  await aws.config.putRule(customRule('AWS::EC2::SecurityGroup'));
  await aws.settled();
  expect(aws.invocations).toEqual([]);
});

it('needs a recorder for a rule', async () => {
  await expect(aws.config.putRule(customRule(type))).rejects.toMatchObject({
    code: 'NoAvailableConfigurationRecorderException',
  });
});

it('describes the recorder and the rules', async () => {
  await aws.startRecording(type);
  await aws.config.putRule(customRule(type));
  const [recorders, status, rules] = await Promise.all([
    config.send(new DescribeConfigurationRecordersCommand({})),
    config.send(new DescribeConfigurationRecorderStatusCommand({})),
    config.send(new DescribeConfigRulesCommand({})),
  ]);
  expect(recorders.ConfigurationRecorders).toMatchObject([
    { name: 'default', recordingGroup: { allSupported: false, resourceTypes: [type] } },
  ]);
  expect(status.ConfigurationRecordersStatus).toMatchObject([{ recording: true }]);
  expect(rules.ConfigRules).toMatchObject([
    { ConfigRuleName: 'staunch-judge', ConfigRuleId: 'config-rule-abc123' },
  ]);
  await expect(
    config.send(new DescribeConfigRulesCommand({ ConfigRuleNames: ['other'] })),
  ).rejects.toMatchObject({
    name: 'NoSuchConfigRuleException',
  });
});

describe('a delivery channel', () => {
  const recorder = {
    name: 'default',
    roleArn: `arn:aws:iam::${home.accountId}:role/staunch/recorder`,
    resourceTypes: [type],
    allSupported: false,
  };
  const channel = { name: 'default', bucketName: 'photos' };

  it('is refused where neither the role nor AWS Config may write to the bucket', async () => {
    await createBucket();
    aws.gateway.decide = ({ action }) => action !== 's3:PutObject';
    aws.config.putConfigurationRecorder(home, recorder);
    await expect(aws.config.putDeliveryChannel(home, channel)).rejects.toMatchObject({
      code: 'InsufficientDeliveryPolicyException',
      message: expect.stringContaining('s3:PutObject on arn:aws:s3:::photos/AWSLogs/111111111111/Config/'),
    });
  });

  it("is let through by another account's bucket policy that names AWS Config itself", async () => {
    const decided: string[] = [];
    aws.gateway.decide = ({ principal, context }) => {
      decided.push(principal.kind);
      return principal.kind === 'service' && context['aws:sourceaccount'] === home.accountId;
    };
    await aws.startRecording(type);
    expect(decided).toEqual(['role', 'service', 'role', 'service']);
  });

  it('is refused where AWS Config cannot take the role', async () => {
    await createBucket();
    aws.gateway.untakable.add(recorder.roleArn);
    aws.config.putConfigurationRecorder(home, recorder);
    await expect(aws.config.putDeliveryChannel(home, channel)).rejects.toMatchObject({
      code: 'InvalidRoleException',
    });
  });

  it('is refused for a bucket that nobody created', async () => {
    aws.config.putConfigurationRecorder(home, recorder);
    await expect(aws.config.putDeliveryChannel(home, channel)).rejects.toMatchObject({
      code: 'NoSuchBucketException',
    });
  });

  it('waits for the recorder, since a template cannot order the two', async () => {
    await createBucket();
    const put = aws.config.putDeliveryChannel(home, channel);
    aws.config.putConfigurationRecorder(home, recorder);
    await put;
    await aws.settled();
    expect(aws.of('item')).toMatchObject([{ resourceId: 'photos' }]);
  });
});
