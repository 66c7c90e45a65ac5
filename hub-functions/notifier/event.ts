import * as z from 'zod/mini';
import { accountIdPattern } from '../../contract/finding';

/** Thrown for a message that is not an event which this version understands. It ends in the dead-letter queue. */
export class UnusableEventError extends Error {
  override readonly name = 'UnusableEventError';
}

/**
 * An event as EventBridge delivers it. `account` and `region` are set by EventBridge, not by the sender:
 * https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
const eventSchema = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(256)),
  'detail-type': z.string(),
  source: z.string(),
  account: z.string().check(z.regex(accountIdPattern)),
  time: z.string(),
  region: z.string(),
  detail: z.unknown(),
});

/** An event as EventBridge delivers it. */
export type BusEvent = z.infer<typeof eventSchema>;

/**
 * A CloudWatch alarm as it reaches the topic's subscribers, as far as it is told from an event:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
const alarmSchema = z.object({ AlarmName: z.string(), NewStateValue: z.string() });

/** What a message in the notifier's queue holds: an event of the bus, or the name of an alarm that changed its state. */
export type TopicMessage = { event: BusEvent } | { alarm: string };

/**
 * Reads the body of a message in the notifier's queue.
 * @throws UnusableEventError when it is neither an event nor an alarm
 */
export function parseTopicMessage(body: string): TopicMessage {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new UnusableEventError('The message is not JSON.', { cause: error });
  }
  const alarm = alarmSchema.safeParse(value);
  return alarm.success ? { alarm: alarm.data.AlarmName } : { event: parsed(eventSchema, value, 'an event') };
}

/**
 * A value in the form that a schema describes.
 * @param what for the error, for example `a remediation report`
 * @throws UnusableEventError when it is not; it says where
 */
export function parsed<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const where = result.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
  throw new UnusableEventError(`The message is not ${what}: malformed at ${where}.`);
}
