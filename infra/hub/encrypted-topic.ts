import { RemovalPolicy } from 'aws-cdk-lib';
import type { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { allow } from '../statements';

/** What tells one topic from another. */
export interface EncryptedTopicProps {
  name: string;
  /** The sender of its e-mails. */
  displayName: string;
  /** The service that publishes to it; nobody else may. */
  publisher: ServicePrincipal;
  /** Names the statement of the topic's policy. */
  sid: string;
  /** Under which conditions it may; none unless given. */
  conditions?: Record<string, Record<string, string>>;
}

/**
 * A topic that one service of AWS publishes to. It is encrypted with a key of its own, because no service may use the key that SNS
 * brings: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export class EncryptedTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: EncryptedTopicProps) {
    super(scope, id);
    const { name, displayName, publisher, sid, conditions } = props;
    const key = new Key(this, 'Key', {
      description: `Encrypts the topic ${name}.`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      allow({
        sid: 'PublishEncrypted',
        principals: [publisher],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        ...(conditions && { conditions }),
      }),
    );
    this.topic = new Topic(this, 'Topic', { topicName: name, displayName, masterKey: key, enforceSSL: true });
    this.topic.addToResourcePolicy(
      allow({
        sid,
        principals: [publisher],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        ...(conditions && { conditions }),
      }),
    );
  }
}
