import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { topicNames } from '../../core/names';
import { EncryptedTopic } from './encrypted-topic';

/**
 * The topic of compliance changes, reports and notices, which EventBridge publishes to.
 *
 * Neither statement for EventBridge has a condition. AWS supports none there: not in the topic's policy
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions), and not in
 * the key's (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services). A rule of another
 * account cannot use them: across accounts EventBridge publishes as a role of that account
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html).
 */
export class NotificationsTopic extends EncryptedTopic {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      name: topicNames.notifications,
      displayName: 'Staunch',
      publisher: new ServicePrincipal('events.amazonaws.com'),
      sid: 'PublishEvents',
    });
  }
}
