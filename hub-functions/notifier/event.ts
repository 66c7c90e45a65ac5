import * as z from 'zod/mini';
import { accountIdPattern } from '../../core/finding';

/** Thrown for a message that this version does not understand, and that may be the hub's own. It is a dead letter at once. */
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
 * Reads the body of a message in the notifier's queue: an event of the bus, as EventBridge gives it to the topic.
 * @throws UnusableEventError when it is none
 */
export function parseEvent(body: string): BusEvent {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new UnusableEventError('The message is not JSON.', { cause: error });
  }
  return parsed(eventSchema, value, 'an event');
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
  throw new UnusableEventError(`The message is not ${what}: malformed at ${placesOf(result.error)}.`);
}

/** Where a value is not in the form that a schema describes, by key. */
export function placesOf({ issues }: z.core.$ZodError): string {
  return issues.map(({ path }) => path.join('.') || 'the whole').join(', ');
}
