import { randomUUID } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** The dead letters of a queue, for what no later try can tell. */
export class DeadLetters {
  /** @param url of the queue of dead letters; a FIFO queue's ends in `.fifo` */
  constructor(
    private readonly queue: Pick<SQSClient, 'send'>,
    private readonly url: string,
  ) {}

  /**
   * Puts a message there at once. Should it come again because this one was not deleted, it lies there twice, which does no harm.
   * @param body the message, as it was received
   * @param why a sentence for whoever looks at it, in the message's attribute `why`
   * @throws SQS's own error; the message has to stay where it came from then
   */
  async put(body: string, why: string): Promise<void> {
    await this.queue.send(
      new SendMessageCommand({
        QueueUrl: this.url,
        MessageBody: body,
        MessageAttributes: { why: { DataType: 'String', StringValue: why } },
        ...(this.url.endsWith('.fifo') && {
          MessageGroupId: 'refused',
          MessageDeduplicationId: randomUUID(),
        }),
      }),
    );
  }
}
