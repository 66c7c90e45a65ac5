import type { ItemMaker } from './item-maker';
import { policyText } from './statements';

/** Topics with policies, AWS's own where nobody wrote another one, and with the attributes that decide nothing. */
export const topicItem: ItemMaker = (index, choice) => {
  const name = `topic-${index}`;
  const Owner = '111122223333';
  const TopicArn = `arn:aws:sns:eu-west-1:${Owner}:${name}`;
  return {
    resourceType: 'AWS::SNS::Topic',
    resourceId: TopicArn,
    resourceName: name,
    ARN: TopicArn,
    configuration: {
      TopicArn,
      Owner,
      Policy: policyText(choice, 'SNS:Publish', TopicArn) ?? ownersPolicy(Owner, TopicArn),
      DisplayName: name,
      KmsMasterKeyId: 'alias/aws/sns',
    },
    supplementaryConfiguration: { Tags: { Name: name } },
  };
};

function ownersPolicy(owner: string, Resource: string): string {
  const statement = {
    Sid: '__default_statement_ID',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: ['SNS:Publish', 'SNS:Subscribe', 'SNS:SetTopicAttributes'],
    Resource,
    Condition: { StringEquals: { 'AWS:SourceOwner': owner } },
  };
  return JSON.stringify({ Version: '2008-10-17', Id: '__default_policy_ID', Statement: [statement] });
}
