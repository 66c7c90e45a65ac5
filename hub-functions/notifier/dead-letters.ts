import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** The dead letters of the notifier's queue, for messages that no later try can tell. */
export class DeadLetters {
  constructor(
    private readonly queue: Pick<SQSClient, 'send'>,
    private readonly url: string,
  ) {}

  /**
   * Puts a message there at once. Should it come again because this one was not deleted, it lies there twice, which does no harm.
   * @param body the message, as it was received
   * @param why a sentence for whoever looks at it, in the message's attribute `why`
   * @throws SQS's own error; the message has to stay in the notifier's queue then
   */
  async put(body: string, why: string): Promise<void> {
    await this.queue.send(
      new SendMessageCommand({
        QueueUrl: this.url,
        MessageBody: body,
        MessageAttributes: { why: { DataType: 'String', StringValue: why } },
      }),
    );
  }
}
