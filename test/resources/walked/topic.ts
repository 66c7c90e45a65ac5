import { topicArn } from '../../../resources/topic/ids';
import { named, type WalkedType } from './walked-type';

/** Topics. */
export const topics: WalkedType = {
  type: 'AWS::SNS::Topic',
  inPage: 100,
  list: 'ListTopics',
  read: { command: 'GetTopicAttributes', names: (input) => 'TopicArn' in input && input.TopicArn },
  throttled: 'ThrottledException',
  plant(aws, of, number) {
    const arn = topicArn(of.accountId, of.region, `topic-${named(number)}`);
    aws.sns.createTopic(arn, { ...of, policy: '{"Statement":[]}', attributes: {} });
    return arn;
  },
  remove: (aws, id) => aws.sns.deleteTopic(id),
};
