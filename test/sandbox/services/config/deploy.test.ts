import { UnsupportedError } from '../../../../sandbox/failures';
import {
  configRule,
  configurationRecorder,
  deliveryChannel,
} from '../../../../sandbox/services/config/deploy';
import { handlerContext } from '../../cloudformation/fakes';

describe('AWS::Config::ConfigRule', () => {
  it('passes on source, scope, message types and parameters as text', async () => {
    const { calls, context } = handlerContext();
    await configRule.create(
      {
        ConfigRuleName: 'staunch-s3-public-access',
        InputParameters: { a: 1 },
        Scope: { ComplianceResourceTypes: ['AWS::S3::Bucket'] },
        Source: {
          Owner: 'CUSTOM_LAMBDA',
          SourceIdentifier: 'arn:function',
          SourceDetails: [
            { EventSource: 'aws.config', MessageType: 'ConfigurationItemChangeNotification' },
            { EventSource: 'aws.config', MessageType: 'OversizedConfigurationItemChangeNotification' },
          ],
        },
      },
      context,
    );
    expect(calls[0]?.arguments[0]).toMatchObject({
      name: 'staunch-s3-public-access',
      owner: 'CUSTOM_LAMBDA',
      sourceIdentifier: 'arn:function',
      inputParameters: '{"a":1}',
      resourceTypes: ['AWS::S3::Bucket'],
      messageTypes: ['ConfigurationItemChangeNotification', 'OversizedConfigurationItemChangeNotification'],
    });
  });

  it('refuses a scope by tag, which the sandbox would not apply', () => {
    const { context } = handlerContext();
    const given = {
      Scope: { TagKey: 'a', ComplianceResourceTypes: [] },
      Source: { Owner: 'AWS', SourceIdentifier: 'IAM_PASSWORD_POLICY' },
    };
    expect(() => configRule.create(given, context)).toThrow(UnsupportedError);
  });
});

describe('AWS::Config::ConfigurationRecorder', () => {
  const RoleARN = 'arn:aws:iam::222222222222:role/recorder';
  const recorded = async (properties: object) => {
    const { calls, context } = handlerContext();
    await configurationRecorder.create({ RoleARN, ...properties }, context);
    return calls[0]?.arguments[1];
  };

  it('records the types that it is told, or all', async () => {
    const some = { AllSupported: false, ResourceTypes: ['AWS::S3::Bucket'] };
    expect(await recorded({ RecordingGroup: some })).toMatchObject({
      allSupported: false,
      resourceTypes: ['AWS::S3::Bucket'],
    });
    expect(await recorded({})).toMatchObject({ allSupported: true, resourceTypes: [] });
  });

  it('keeps how often it records, and refuses another frequency for single types', async () => {
    const RecordingMode = { RecordingFrequency: 'DAILY' };
    expect(await recorded({ RecordingMode })).toMatchObject({ frequency: 'DAILY' });
    const overridden = { ...RecordingMode, RecordingModeOverrides: [] };
    await expect(recorded({ RecordingMode: overridden })).rejects.toThrow(UnsupportedError);
  });
});

describe('AWS::Config::DeliveryChannel', () => {
  it('refuses a topic, which the sandbox would not publish to', () => {
    const { context } = handlerContext();
    const given = { S3BucketName: 'bucket', SnsTopicARN: 'arn:topic' };
    expect(() => deliveryChannel.create(given, context)).toThrow(UnsupportedError);
  });
});
