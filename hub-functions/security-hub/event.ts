import * as z from 'zod/mini';
import { type FindingEvent, findingEventDetailType, findingEventSchema } from '../../core/finding-event';
import { parsedJson } from '../../core/parsed-json';
import { reportSource } from '../../core/report';

/** Thrown for a message that is no event of the hub's own. It comes back, and is a dead letter in the end. */
export class UnusableEventError extends Error {
  override readonly name = 'UnusableEventError';
}

/**
 * Reads the body of a message: an event as EventBridge delivers it, which sets `account` itself.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 * @param hubAccountId the only account whose events are believed
 * @throws UnusableEventError when it is none; it says where
 */
export function findingEventIn(body: string, hubAccountId: string): FindingEvent {
  const schema = z.object({
    account: z.literal(hubAccountId),
    source: z.literal(reportSource),
    'detail-type': z.literal(findingEventDetailType),
    detail: findingEventSchema,
  });
  const { success, data, error } = schema.safeParse(parsedJson(body));
  if (success) return data.detail;
  const places = error.issues.map(({ path }) => path.join('.') || 'the whole').join(', ');
  throw new UnusableEventError(
    `The message is no event ${findingEventDetailType} of account ${hubAccountId}: malformed at ${places}.`,
  );
}
