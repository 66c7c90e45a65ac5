import type { Template } from '../../infra/assembly';

/** What holds something that nobody can make anew, or that others know by its name. */
const statefulTypes = [
  'AWS::ApiGateway::RestApi',
  'AWS::DynamoDB::Table',
  'AWS::Events::EventBus',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
];

/**
 * Properties whose change has CloudFormation replace a resource of those types, as each type's page says:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
const replacing = [
  'BucketName',
  'FifoQueue',
  'FifoTopic',
  'KeySchema',
  'LogGroupName',
  'Name',
  'QueueName',
  'TableName',
  'TopicName',
];

/** By logical id: the type, and all whose change would replace it. */
export function statefulIn({ Resources }: Template): Record<string, unknown> {
  const found = Object.entries(Resources).filter(([, { Type }]) => statefulTypes.includes(Type));
  return Object.fromEntries(
    found.map(([id, { Type, Properties = {} }]) => {
      const kept = replacing.filter((name) => name in Properties);
      return [id, { Type, ...Object.fromEntries(kept.map((name) => [name, Properties[name]])) }];
    }),
  );
}
