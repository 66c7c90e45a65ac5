import type {
  GetQueueAttributesCommandInput,
  ListQueuesCommandInput,
  ListQueueTagsCommandInput,
  SendMessageBatchCommandInput,
  SendMessageCommandInput,
  SetQueueAttributesCommandInput,
} from '@aws-sdk/client-sqs';
import type { Authorization } from '../authorization';
import type { Caller, Commands } from '../commands';
import { pageOf } from '../page';
import { Placed } from '../placed';
import { serviceError } from '../service-error';
import { isStorable } from '../stored-policy';

/** A queue as it really is. */
export interface QueueState {
  accountId: string;
  region: string;
  name: string;
  policy?: string | undefined;
  /** Further attributes, as SQS answers them. */
  attributes: Record<string, string>;
  tags?: Record<string, string> | undefined;
}

/**
 * Queues in memory, as SQS answers the calls that read and change who can reach them. Codes:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
 */
export class Sqs {
  readonly #queues = new Placed<QueueState>();
  /** Takes what the hub sends to its own queues, by their URL. */
  readonly receivers = new Map<string, (body: string, delaySeconds: number) => void>();

  constructor(private readonly authorization: Authorization) {}

  /** Makes a queue, or replaces it. */
  createQueue(url: string, state: QueueState): void {
    this.#queues.set(url, state);
  }

  /** Deletes a queue. */
  deleteQueue(url: string): void {
    this.#queues.delete(url);
  }

  /** A queue as it really is, to be looked at or changed as somebody in the account could; undefined when it is gone. */
  queue(url: string): QueueState | undefined {
    return this.#queues.get(url);
  }

  /** What a client of SQS sends. */
  readonly commands: Commands = {
    GetQueueAttributes: (input: GetQueueAttributesCommandInput, caller: Caller) => {
      const { policy, attributes } = this.#reached(input.QueueUrl, caller, 'sqs:GetQueueAttributes');
      const all: Record<string, string> = { ...attributes, ...(policy !== undefined && { Policy: policy }) };
      const wanted = input.AttributeNames ?? [];
      const isWanted = (name: string) => wanted.some((each) => each === 'All' || each === name);
      return { Attributes: Object.fromEntries(Object.entries(all).filter(([name]) => isWanted(name))) };
    },
    SetQueueAttributes: (input: SetQueueAttributesCommandInput, caller: Caller) => {
      const state = this.#reached(input.QueueUrl, caller, 'sqs:SetQueueAttributes');
      const { Policy, ...others } = input.Attributes ?? {};
      if (Object.keys(others).length > 0) throw new Error('The in-memory SQS sets policies alone.');
      if (Policy !== undefined) state.policy = wellFormed(Policy);
      return {};
    },
    ListQueues: (input: ListQueuesCommandInput, caller: Caller) => {
      const { accountId } = this.authorization.check(caller, {
        service: 'SQS',
        action: 'sqs:ListQueues',
        resources: ['*'],
        accountId: caller.session?.accountId ?? '',
      });
      const { MaxResults: size, NextToken: token } = input;
      if (size === undefined) throw new Error('The in-memory SQS lists queues page by page.');
      const { page, next } = pageOf(this.#queues.idsIn({ accountId, region: caller.region }), token, size);
      return { QueueUrls: page, ...(next && { NextToken: next }) };
    },
    SendMessage: ({ QueueUrl, MessageBody = '', DelaySeconds = 0 }: SendMessageCommandInput) => {
      this.#receiver(QueueUrl)(MessageBody, DelaySeconds);
      return { MessageId: 'sent' };
    },
    SendMessageBatch: ({ QueueUrl, Entries = [] }: SendMessageBatchCommandInput) => {
      const receive = this.#receiver(QueueUrl);
      for (const { MessageBody = '', DelaySeconds = 0 } of Entries) receive(MessageBody, DelaySeconds);
      return { Successful: Entries.map(({ Id }) => ({ Id, MessageId: 'sent' })), Failed: [] };
    },
    ListQueueTags: ({ QueueUrl }: ListQueueTagsCommandInput, caller: Caller) => {
      const { tags } = this.#reached(QueueUrl, caller, 'sqs:ListQueueTags');
      return tags === undefined ? {} : { Tags: { ...tags } };
    },
  };

  #receiver(url = ''): (body: string, delaySeconds: number) => void {
    const receive = this.receivers.get(url);
    if (!receive) throw new Error(`Nobody in memory receives what is sent to ${url}.`);
    return receive;
  }

  /** The queue of a call, once the call is allowed. */
  #reached(url: string | undefined, caller: Caller, action: string): QueueState {
    const [, region, accountId = '', name] =
      /^https:\/\/sqs\.([^.]+)\.amazonaws\.com\/(\d{12})\/(.+)$/.exec(url ?? '') ?? [];
    const resources = [`arn:aws:sqs:${region}:${accountId}:${name}`];
    this.authorization.check(caller, { service: 'SQS', action, resources, accountId });
    const state = this.queue(url ?? '');
    if (state && state.region === caller.region) return state;
    throw serviceError('SQS', 'QueueDoesNotExist', 'The specified queue does not exist.');
  }
}

/** An empty policy deletes it. */
function wellFormed(policy: string): string | undefined {
  if (policy === '') return undefined;
  if (isStorable(policy)) return policy;
  throw serviceError('SQS', 'InvalidAttributeValue', 'Invalid value for the parameter Policy.');
}
