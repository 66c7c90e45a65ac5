import { ApiError } from '../../gateway/protocols/errors';

/** A queue, as a call names it. */
export interface NamedQueue {
  accountId: string;
  name: string;
}

/** The account and name of a queue by its URL, or undefined where `value` is not a queue's URL. */
export function queueOfUrl(value: unknown): NamedQueue | undefined {
  const [, accountId, name] = typeof value === 'string' ? (/\/(\d{12})\/([\w.-]+)$/.exec(value) ?? []) : [];
  return accountId && name ? { accountId, name } : undefined;
}

/** Operations that name a queue by its name alone. */
const byName: readonly string[] = ['CreateQueue', 'GetQueueUrl'];

/**
 * The queue that a call names: by its name, by its URL, or, without one, by the path of the request itself.
 * @param url of the request
 * @returns undefined for a call that names none
 * @throws ApiError when the URL is no queue's: moto would take its end, or all of it, for a name
 */
export function queueNamed(
  operation: string,
  parameters: Readonly<Record<string, unknown>>,
  url: string,
  callerAccountId: string,
): NamedQueue | undefined {
  const { QueueUrl: given, QueueName: name, QueueOwnerAWSAccountId: owner } = parameters;
  if (byName.includes(operation)) {
    const isOthers = operation === 'GetQueueUrl' && typeof owner === 'string' && owner !== '';
    return { accountId: isOthers ? owner : callerAccountId, name: String(name) };
  }
  if (given === undefined) return queueOfUrl(url.split('?')[0]);
  const queue = /^https?:\/\//.test(String(given)) ? queueOfUrl(given) : undefined;
  if (queue === undefined) throw new ApiError('InvalidAddress', 'The QueueUrl is no URL of a queue.');
  return queue;
}
