import { RemovalPolicy } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { topicName } from '../../contract/names';
import { allow } from '../statements';

const eventBridge = new ServicePrincipal('events.amazonaws.com');
const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');

/**
 * The topic that everything for people goes through: compliance changes, reports and alarms. It is encrypted with a key
 * of the hub's, because neither EventBridge nor CloudWatch may use the key that SNS brings:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 *
 * Neither statement for EventBridge has a condition. AWS supports none there: not in the topic's policy
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions), and not in
 * the key's (the page above). A rule of another account cannot use them: across accounts EventBridge publishes as
 * a role of that account (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html).
 */
export class NotificationsTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, hub: Organization['hub']) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: `Encrypts the topic ${topicName}.`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      allow({
        sid: 'PublishEncrypted',
        principals: [eventBridge, cloudWatch],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
      }),
    );
    this.topic = new Topic(this, 'Topic', {
      topicName,
      displayName: 'Staunch',
      masterKey: key,
      enforceSSL: true,
    });
    this.topic.addToResourcePolicy(
      allow({
        sid: 'PublishEvents',
        principals: [eventBridge],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
      }),
    );
    this.topic.addToResourcePolicy(
      allow({
        sid: 'PublishAlarms',
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': hub.account },
          ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${hub.region}:${hub.account}:alarm:staunch-*` },
        },
      }),
    );
  }
}
