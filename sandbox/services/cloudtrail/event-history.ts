import * as z from 'zod';
import { UnsupportedError } from '../../failures';
import type { ApiAnswer, ApiCall } from '../../gateway/api';
import { ApiError } from '../../gateway/protocols/errors';
import type { Trail } from '../service';
import { isRecorded, recordOf, type TrailRecord } from './trail-record';

/** How many events of an account and Region are kept. */
const keptEvents = 500;
const eventsPerPage = 50;

/** A record, and by what LookupEvents finds it. */
interface TrailEvent {
  record: TrailRecord;
  /** The caller's name. */
  username: string | undefined;
  /** Milliseconds since the epoch. */
  at: number;
  resourceNames: readonly string[];
}

const lookupSchema = z.object({
  LookupAttributes: z.tuple([
    z.object({ AttributeKey: z.literal('ResourceName'), AttributeValue: z.string() }),
  ]),
  MaxResults: z.int().min(1).max(eventsPerPage).default(eventsPerPage),
  NextToken: z.string().regex(/^\d+$/).optional(),
});

/**
 * CloudTrail's event history, which moto lacks: who made the latest changes of what controls fix, in every account and
 * Region. Other than CloudTrail's, it holds no calls that read, or failed, and an event is there at once.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
 */
export class EventHistory {
  /** The newest first, by account and Region. */
  private readonly events = new Map<string, TrailEvent[]>();

  /**
   * @param now milliseconds since the epoch
   * @param trailOf what is recorded of a service
   */
  constructor(
    private readonly now: () => number,
    private readonly trailOf: (service: string) => Trail | undefined,
  ) {}

  /** Keeps a call that succeeded, if it is one that CloudTrail records without being asked to: objects are data. */
  note(call: ApiCall, answer: ApiAnswer): void {
    const trail = this.trailOf(call.service);
    if (trail === undefined || !isRecorded(call, trail)) return;
    const key = placeKey(call.accountId, call.region);
    const at = this.now();
    const event: TrailEvent = {
      record: recordOf(call, { answer }, trail, at),
      username: call.principal.arn.split(/[/:]/).at(-1),
      at,
      resourceNames: trail.namesOf(call).filter((name) => typeof name === 'string'),
    };
    this.events.set(key, [event, ...(this.events.get(key) ?? [])].slice(0, keptEvents));
  }

  /**
   * Answers LookupEvents by a resource's name.
   * @throws UnsupportedError for any other way of looking
   */
  answer({ accountId, region, operation, parameters }: ApiCall): ApiAnswer {
    const { StartTime: start, EndTime: end } = parameters;
    const parsed = lookupSchema.safeParse(parameters);
    if (!parsed.success || start !== undefined || end !== undefined) {
      throw new UnsupportedError(
        `The sandbox answers cloudtrail:${operation} by ResourceName alone, without times. Add what is missing to sandbox/services/cloudtrail/event-history.ts.`,
      );
    }
    const { LookupAttributes, MaxResults: count, NextToken: token } = parsed.data;
    const name = LookupAttributes[0].AttributeValue;
    const found = (this.events.get(placeKey(accountId, region)) ?? []).filter(({ resourceNames }) =>
      resourceNames.includes(name),
    );
    const from = Number(token ?? 0);
    if (from > found.length) throw new ApiError('InvalidNextTokenException', 'The token is invalid.');
    return {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({
        Events: found.slice(from, from + count).map(lookedUp),
        ...(from + count < found.length && { NextToken: String(from + count) }),
      }),
    };
  }
}

function placeKey(accountId: string, region: string): string {
  return `${accountId} ${region}`;
}

/** An event as LookupEvents answers it. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Event.html */
function lookedUp({ record, username, at, resourceNames }: TrailEvent): object {
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    ReadOnly: 'false',
    EventTime: at / 1000,
    EventSource: record.eventSource,
    Username: username,
    Resources: resourceNames.map((ResourceName) => ({ ResourceName })),
    CloudTrailEvent: JSON.stringify(record),
  };
}
