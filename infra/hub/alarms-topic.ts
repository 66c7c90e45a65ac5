import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Organization } from '../../config/organization';
import { topicNames } from '../../core/names';
import { partitionOf } from '../../core/partition';
import { EncryptedTopic } from './encrypted-topic';

/**
 * The topic of alarms, for those who run Staunch, and no report is on it: a pager rings for nothing else. CloudWatch may publish to it,
 * for alarms of Staunch in the hub's account alone, in the topic's policy and in the key's:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 *
 * Each subscriber has to confirm: https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html
 */
export class AlarmsTopic extends EncryptedTopic {
  constructor(scope: Construct, id: string, { account, region, alarms = [] }: Organization['hub']) {
    super(scope, id, {
      name: topicNames.alarms,
      displayName: 'Staunch alarms',
      publisher: new ServicePrincipal('cloudwatch.amazonaws.com'),
      sid: 'PublishAlarms',
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: {
          'aws:SourceArn': `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm:staunch-*`,
        },
      },
    });
    for (const endpoint of alarms) {
      // By its address, so that no other subscription is touched when one comes or goes.
      new CfnSubscription(this, endpoint, {
        topicArn: this.topic.topicArn,
        protocol: endpoint.includes('://') ? 'https' : 'email',
        endpoint,
      });
    }
  }
}
