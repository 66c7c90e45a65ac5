import { stackSet } from './cloudformation';
import { alarm } from './cloudwatch';
import { configRule, configurationRecorder, deliveryChannel } from './config';
import { globalTable, table } from './dynamodb';
import { createEventBusPolicyHandler, eventBus, rule } from './events';
import type { ResourceHandler } from './handler';
import { managedPolicy, policy, role } from './iam';
import { alias, key } from './kms';
import { eventInvokeConfig, eventSourceMapping, lambdaFunction, permission } from './lambda';
import { logGroup, metricFilter } from './logs';
import { bucket, bucketPolicy } from './s3';
import { secret, secretPolicy } from './secrets-manager';
import { subscription, topic, topicPolicy } from './sns';
import { queue, queuePolicy } from './sqs';

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
