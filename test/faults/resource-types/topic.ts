import { control } from '../../../controls/sns-public-policy';
import { topicAdapter } from '../../../resources/topic/adapter';
import { topicArn } from '../../../resources/topic/ids';
import { policyHolder } from './policy-holder';

const name = 'planted-topic';
const region = 'eu-west-1';

/** Topics. SNS keeps none without a policy, so that one which is public as a whole is narrowed. */
export const topic = policyHolder({
  name: 'topic',
  control,
  adapter: topicAdapter(),
  region,
  action: 'SNS:Publish',
  mustHavePolicy: true,
  idIn: (accountId) => topicArn(accountId, region, name),
  plant: (aws, accountId, policy, tags) =>
    aws.sns.createTopic(topicArn(accountId, region, name), {
      accountId,
      region,
      policy,
      attributes: { DisplayName: 'planted' },
      tags,
    }),
  held: (aws, arn) => aws.sns.topic(arn),
});
