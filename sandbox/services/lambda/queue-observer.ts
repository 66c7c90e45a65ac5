import * as z from 'zod/mini';
import { type FindingMessage, findingMessageSchema } from '../../../core/finding-message';
import type { EventLog } from '../../events';
import type { ApiCall, Gateway } from '../../gateway/api';

const sendSchema = z.object({
  QueueUrl: z.string(),
  MessageBody: z.optional(z.string()),
  Entries: z.optional(z.array(z.object({ MessageBody: z.string() }))),
});

/** The finding in a message's body, or undefined when it is none. */
function findingIn(body: string): FindingMessage | undefined {
  try {
    return findingMessageSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/** The bodies that a call sent to a queue, and the queue's name; undefined for another call. */
function sentBy(call: ApiCall): { queueName: string; bodies: string[] } | undefined {
  if (call.service !== 'sqs' || !/^SendMessage(Batch)?$/.test(call.operation)) return undefined;
  const sent = sendSchema.parse(call.parameters);
  const bodies = sent.Entries?.map((entry) => entry.MessageBody) ?? [sent.MessageBody ?? ''];
  return { queueName: sent.QueueUrl.split('/').at(-1) ?? '', bodies };
}

/** Records every message that is sent to a queue through the gateway. */
export function observeQueues(gateway: Gateway, log: EventLog): void {
  gateway.afterCall((call) => {
    const sent = sentBy(call);
    for (const body of sent?.bodies ?? []) {
      const finding = findingIn(body);
      log.emit({
        kind: 'queued',
        queueName: sent?.queueName ?? '',
        body,
        ...(finding === undefined ? {} : { finding }),
      });
    }
  });
}
