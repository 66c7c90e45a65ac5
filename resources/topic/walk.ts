import { ListTopicsCommand, SNSClient, type SNSClientConfig } from '@aws-sdk/client-sns';
import { walkConfiguration } from '../kit/client-configuration';
import { type TypeWalk, walkEach } from '../kit/walk';
import type { Topic } from './model';
import { readTopicAmongMany } from './read';

/**
 * Walks topics. A page has up to 100, each of which takes a call: https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html
 * @param overrides of the SNS client's configuration
 */
export function topicWalk(overrides: SNSClientConfig = {}): TypeWalk<Topic> {
  return {
    resourceType: 'AWS::SNS::Topic',
    open({ place: { region }, credentials, signal }) {
      const client = new SNSClient({ ...walkConfiguration(region, credentials), ...overrides });
      return {
        async page(token) {
          const { Topics = [], NextToken } = await client.send(
            new ListTopicsCommand(token ? { NextToken: token } : {}),
            { abortSignal: signal },
          );
          const walked = await walkEach(
            Topics.flatMap(({ TopicArn }) => TopicArn ?? []),
            (arn) => readTopicAmongMany({ client, arn, signal }),
          );
          return { walked, ...(NextToken && { next: NextToken }) };
        },
        close: () => client.destroy(),
      };
    },
  };
}
