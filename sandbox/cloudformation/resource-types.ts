import { stackSet } from '../services/cloudformation/deploy';
import { alarm } from '../services/cloudwatch/deploy';
import { configRule, configurationRecorder, deliveryChannel } from '../services/config/deploy';
import { globalTable, table } from '../services/dynamodb/deploy';
import { createEventBusPolicyHandler, eventBus, rule } from '../services/events/deploy';
import { managedPolicy, policy, role } from '../services/iam/deploy';
import { alias, key } from '../services/kms/deploy';
import { eventInvokeConfig, eventSourceMapping, lambdaFunction, permission } from '../services/lambda/deploy';
import { logGroup, metricFilter } from '../services/logs/deploy';
import { bucket, bucketPolicy } from '../services/s3/deploy';
import { secret, secretPolicy } from '../services/secrets-manager/deploy';
import { subscription, topic, topicPolicy } from '../services/sns/deploy';
import { queue, queuePolicy } from '../services/sqs/deploy';
import type { ResourceHandler } from './resource-type';

/** Tells CDK's makers which constructs are used; creates nothing. */
const metadata: ResourceHandler = {
  create: async () => ({ ref: 'metadata', attributes: {}, remove: async () => {} }),
};

/** Makes the table of the resource types that the sandbox can create, for one sandbox. */
export function createHandlers(): ReadonlyMap<string, ResourceHandler> {
  return new Map(
    Object.entries({
      'AWS::CDK::Metadata': metadata,
      'AWS::CloudFormation::StackSet': stackSet,
      'AWS::CloudWatch::Alarm': alarm,
      'AWS::Config::ConfigRule': configRule,
      'AWS::Config::ConfigurationRecorder': configurationRecorder,
      'AWS::Config::DeliveryChannel': deliveryChannel,
      'AWS::DynamoDB::GlobalTable': globalTable,
      'AWS::DynamoDB::Table': table,
      'AWS::Events::EventBus': eventBus,
      'AWS::Events::EventBusPolicy': createEventBusPolicyHandler(),
      'AWS::Events::Rule': rule,
      'AWS::IAM::ManagedPolicy': managedPolicy,
      'AWS::IAM::Policy': policy,
      'AWS::IAM::Role': role,
      'AWS::KMS::Alias': alias,
      'AWS::KMS::Key': key,
      'AWS::Lambda::EventInvokeConfig': eventInvokeConfig,
      'AWS::Lambda::EventSourceMapping': eventSourceMapping,
      'AWS::Lambda::Function': lambdaFunction,
      'AWS::Lambda::Permission': permission,
      'AWS::Logs::LogGroup': logGroup,
      'AWS::Logs::MetricFilter': metricFilter,
      'AWS::S3::Bucket': bucket,
      'AWS::S3::BucketPolicy': bucketPolicy,
      'AWS::SNS::Subscription': subscription,
      'AWS::SNS::Topic': topic,
      'AWS::SNS::TopicPolicy': topicPolicy,
      'AWS::SQS::Queue': queue,
      'AWS::SQS::QueuePolicy': queuePolicy,
      'AWS::SecretsManager::ResourcePolicy': secretPolicy,
      'AWS::SecretsManager::Secret': secret,
    }),
  );
}
