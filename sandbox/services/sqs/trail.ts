import { queueUrl } from '../../../core/queue-address';
import type { ApiCall } from '../../gateway/api';
import { lowerFirst } from '../cloudtrail/written';
import type { Trail } from '../service';
import { queueOfUrl } from './queue-url';

/**
 * Queues, by the URL of AWS's own endpoint, whatever host a call went to; messages are data:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-logging-using-cloudtrail.html
 */
export const trail: Trail = {
  namesOf(call) {
    const url = urlOf(call);
    return url === undefined ? [] : [url];
  },
  isData: ({ operation }) => /^(Send|Receive|Delete)Message|^ChangeMessageVisibility/.test(operation),
  requestParameters(call) {
    const { parameters } = call;
    const { QueueUrl: _, Attribute: __, ...others } = parameters;
    const written = Object.entries({ ...others, ...attributesOf(parameters) });
    return {
      ...(parameters.QueueName === undefined && { queueUrl: urlOf(call) }),
      ...Object.fromEntries(written.map(([name, value]) => [lowerFirst(name), value])),
    };
  },
  responseElements: (call) => (call.operation === 'CreateQueue' ? { queueUrl: urlOf(call) } : null),
};

function urlOf({ parameters, accountId, region, url }: ApiCall): string | undefined {
  const { QueueUrl: given = url.split('?')[0], QueueName } = parameters;
  const name = QueueName ?? queueOfUrl(given)?.name;
  return typeof name === 'string' ? queueUrl(accountId, region, name) : undefined;
}

/** The attributes of a call that came by the query protocol: `Attribute.1.Name=…&Attribute.1.Value=…`. */
function attributesOf({ Attribute: given }: ApiCall['parameters']): object {
  if (!Array.isArray(given)) return {};
  return { Attributes: Object.fromEntries(given.map(({ Name, Value }) => [Name, Value])) };
}
