import { queueUrl } from '../../core/queue-address';
import { anyCharacters, type IdForm } from '../kit/id-form';
import type { ResourceIds } from '../kit/resource-type';

/** The characters of a queue's name, that of a FIFO queue ends in `.fifo`. */
const name = { characters: /[A-Za-z0-9_.-]/, least: 1, most: 80 };

const form: IdForm = [
  { text: 'https://sqs.' },
  { characters: /[a-z0-9-]/, least: 9, most: 25 },
  { text: '.amazonaws.com' },
  // China's ends in .cn.
  { characters: /[.cn]/, least: 0, most: 3 },
  { text: '/' },
  { characters: /[0-9]/, least: 12, most: 12 },
  { text: '/' },
  name,
];

/**
 * What the URL of a queue looks like, which is its id in AWS Config: that of the Region's service endpoint, also where an old tool
 * says `queue.amazonaws.com`.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 * https://docs.aws.amazon.com/general/latest/gr/sqs-service.html
 */
export const queueIds: ResourceIds = {
  pattern: /^https:\/\/sqs\.[a-z0-9-]{9,25}\.amazonaws\.com(?:\.cn)?\/[0-9]{12}\/[A-Za-z0-9_.-]{1,80}$/,
  form,
  noun: 'a queue',
  idNoun: "a queue's URL",
  isNamedBy: (text) => /^arn:[^:]*:sqs:|^https?:\/\/([^/]*\.)?(sqs|queue)\.[^/]*\//.test(text),

  /** Takes an ARN, an old URL or a name for what it is. */
  instead(text) {
    const [, region, accountId, queue] =
      /^arn:[^:]*:sqs:([^:]+):([^:]+):([^:]+)$/.exec(text) ??
      /^https?:\/\/([a-z0-9-]+)\.queue\.amazonaws\.com(?:\.cn)?\/([^/]+)\/([^/]+)$/.exec(text) ??
      [];
    if (region && accountId && queue) {
      return `write the queue's URL: ${queueUrl(accountId, region, queue)}.`;
    }
    if (/^[A-Za-z0-9_.*-]{1,80}$/.test(text)) {
      return `a queue is named by its URL: aws sqs get-queue-url --queue-name ${text.replaceAll('*', 'NAME')} says it; ${anyCharacters}.`;
    }
    return `a queue is named by its URL, like https://sqs.eu-west-1.amazonaws.com/111122223333/orders; ${anyCharacters}.`;
  },

  isAt: (id, { accountId, region }) => id.startsWith(queueUrl(accountId, region, '')),
};
