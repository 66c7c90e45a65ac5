import { topicArn } from '../../../resources/topic/ids';
import type { Holding } from './holding';

/** Topics with the policy that SNS gives each itself. */
export const topics: Holding = {
  usual: 5,
  large: 150,
  plant(aws, { accountId, region }, index) {
    const arn = topicArn(accountId, region, `topic-${index}`);
    aws.sns.createTopic(arn, { accountId, region, policy: ownersPolicy(accountId, arn), attributes: {} });
  },
};

function ownersPolicy(accountId: string, Resource: string): string {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'SNS:Publish',
    Resource,
    Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
  };
  return JSON.stringify({ Version: '2008-10-17', Statement: [statement] });
}
