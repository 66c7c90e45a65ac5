import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  type QueueAttributeName,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { Clock } from '../../clock';
import type { Credentials, Gateway } from '../../gateway/api';
import { type Queue, queueClient, queueOfArn } from './queue';

/** SQS hands out, deletes and changes ten messages a call at most, and waits twenty seconds at most for one. */
const batchLimit = 10;
const longPollSeconds = 20;

const visibilitySchema = z.object({ ReceiptHandle: z.string(), VisibilityTimeout: z.coerce.number() });

/** A message with the two fields that every received message has. */
export type ReceivedMessage = Message & { MessageId: string; ReceiptHandle: string };

function isReceived(message: Message): message is ReceivedMessage {
  return message.MessageId !== undefined && message.ReceiptHandle !== undefined;
}

/** Parts of at most ten messages. */
function parts(messages: readonly ReceivedMessage[]): ReceivedMessage[][] {
  const count = Math.ceil(messages.length / batchLimit);
  return Array.from({ length: count }, (_, index) =>
    messages.slice(index * batchLimit, (index + 1) * batchLimit),
  );
}

/** How many messages a queue holds. */
export interface QueueDepth {
  /** Visible, delayed, or being handled. */
  active: number;
  /** Failed, and invisible until they are tried again. */
  waiting: number;
}

/**
 * A queue as Lambda's poller uses it. What Lambda does with the function's execution role (ReceiveMessage,
 * DeleteMessage, GetQueueAttributes) is done with it here; what only the sandbox does is done as the queue's owner.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export class PolledQueue {
  private readonly queue: Queue;
  private readonly asRole: SQSClient;
  private readonly asOwner: SQSClient;
  /** Message id, and until when that failed message is invisible. */
  private readonly waiting = new Map<string, number>();
  /** Receipt handle, and for how many seconds the function itself has made that message invisible. */
  private readonly hidden = new Map<string, number>();
  private readonly stopListening: () => void;

  /** @param roleCredentials answers current credentials of the function's execution role */
  constructor(
    gateway: Gateway,
    queueArn: string,
    roleCredentials: () => Promise<Credentials>,
    private readonly clock: Clock,
  ) {
    this.queue = queueOfArn(queueArn);
    this.asRole = queueClient(gateway, this.queue.region, roleCredentials);
    this.asOwner = queueClient(gateway, this.queue.region, gateway.administratorOf(this.queue.accountId));
    // What is done here is done by the batch.
    this.stopListening = gateway.afterCall(({ service, operation, parameters }) => {
      if (service !== 'sqs' || operation !== 'ChangeMessageVisibility') return;
      const changed = visibilitySchema.safeParse(parameters).data;
      if (changed) this.hidden.set(changed.ReceiptHandle, changed.VisibilityTimeout);
    });
  }

  /** The queue's visibility timeout in seconds, asked for with the execution role. */
  async visibilityTimeoutSeconds(): Promise<number> {
    return (await this.attributes(this.asRole, ['VisibilityTimeout'])).VisibilityTimeout ?? Number.NaN;
  }

  /** Waits for messages as long as `waitSeconds`, twenty seconds at most; may answer fewer than there are. */
  async receive(
    count: number,
    signal: AbortSignal,
    waitSeconds = longPollSeconds,
  ): Promise<ReceivedMessage[]> {
    const answer = await this.asRole.send(
      new ReceiveMessageCommand({
        QueueUrl: this.queue.url,
        MaxNumberOfMessages: Math.min(count, batchLimit),
        WaitTimeSeconds: Math.min(waitSeconds, longPollSeconds),
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
      { abortSignal: signal },
    );
    const messages = (answer.Messages ?? []).filter(isReceived);
    for (const message of messages) this.waiting.delete(message.MessageId);
    return messages;
  }

  /** Deletes messages that were handled; one that cannot be deleted comes again, as with Lambda. */
  async delete(messages: readonly ReceivedMessage[]): Promise<void> {
    for (const part of parts(messages)) {
      const Entries = part.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await this.asRole.send(new DeleteMessageBatchCommand({ QueueUrl: this.queue.url, Entries }));
    }
  }

  /**
   * Lets failed messages wait. Lambda leaves them alone until their visibility timeout ends: the queue's, or what the function has set for
   * a message. The sandbox divides that by its time scale, and rounds up to whole seconds, which is what SQS counts in.
   */
  async postpone(messages: readonly ReceivedMessage[], timeScale: number): Promise<void> {
    if (messages.length === 0) return;
    const { VisibilityTimeout = 30 } = await this.attributes(this.asOwner, ['VisibilityTimeout']);
    for (const part of parts(messages)) {
      const Entries = part.map(({ MessageId, ReceiptHandle }, index) => {
        const timeout = this.hidden.get(ReceiptHandle) ?? VisibilityTimeout;
        const seconds = Math.ceil(timeout / timeScale);
        this.waiting.set(MessageId, this.clock.now() + seconds * 1000);
        this.hidden.delete(ReceiptHandle);
        return { Id: String(index), ReceiptHandle, VisibilityTimeout: seconds };
      });
      await this.asOwner.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.queue.url, Entries }));
    }
  }

  /** How many messages the queue holds. */
  async depth(): Promise<QueueDepth> {
    const counts = await this.attributes(this.asOwner, [
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesDelayed',
    ]);
    const now = this.clock.now();
    for (const [id, until] of this.waiting) if (until <= now) this.waiting.delete(id);
    const invisible = counts.ApproximateNumberOfMessagesNotVisible ?? 0;
    const waiting = Math.min(invisible, this.waiting.size);
    const visible =
      (counts.ApproximateNumberOfMessages ?? 0) + (counts.ApproximateNumberOfMessagesDelayed ?? 0);
    return { active: visible + invisible - waiting, waiting };
  }

  /** Closes the connections. */
  close(): void {
    this.stopListening();
    this.asRole.destroy();
    this.asOwner.destroy();
  }

  private async attributes(
    client: SQSClient,
    names: QueueAttributeName[],
  ): Promise<Partial<Record<string, number>>> {
    const answer = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: this.queue.url, AttributeNames: names }),
    );
    return Object.fromEntries(
      Object.entries(answer.Attributes ?? {}).map(([name, value]) => [name, Number(value)]),
    );
  }
}
