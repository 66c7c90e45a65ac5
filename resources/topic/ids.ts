import { type Partition, partitionOf } from '../../core/partition';
import { anyCharacters, type IdForm } from '../kit/id-form';
import type { ResourceIds } from '../kit/resource-type';

const form: IdForm = [
  { text: 'arn:aws' },
  // Those of GovCloud and China have more.
  { characters: /[a-z-]/, least: 0, most: 7 },
  { text: ':sns:' },
  { characters: /[a-z0-9-]/, least: 9, most: 25 },
  { text: ':' },
  { characters: /[0-9]/, least: 12, most: 12 },
  { text: ':' },
  // That of a FIFO topic ends in `.fifo`.
  { characters: /[A-Za-z0-9_.-]/, least: 1, most: 256 },
];

/**
 * What the ARN of a topic looks like, which is its id in AWS Config. Names:
 * https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 */
export const topicIds: ResourceIds = {
  pattern: /^arn:aws[a-z-]{0,7}:sns:[a-z0-9-]{9,25}:[0-9]{12}:[A-Za-z0-9_.-]{1,256}$/,
  form,
  noun: 'a topic',
  idNoun: "a topic's ARN",
  isNamedBy: (text) => /^arn:[^:]*:sns:/.test(text),

  instead: () =>
    `a topic is named by its ARN, like ${topicArn('111122223333', 'eu-west-1', 'news')}: aws sns list-topics says it; ${anyCharacters}.`,

  isAt: (id, { accountId, region }) => id.startsWith(topicArn(accountId, region, '')),
};

/**
 * ARN of a topic, or, with `*` as Region and a partition, of topics in every Region:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html#amazonsns-resources-for-iam-policies
 */
export function topicArn(
  accountId: string,
  region: string,
  topicName: string,
  partition: Partition = partitionOf(region),
): string {
  return `arn:${partition}:sns:${region}:${accountId}:${topicName}`;
}
