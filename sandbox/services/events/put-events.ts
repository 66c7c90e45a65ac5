import * as z from 'zod/mini';
import { type Failures, UnsupportedError } from '../../failures';
import type { ApiAnswer, OwnedService } from '../../gateway/api';
import { busArn } from './buses';
import type { EventEnvelope, EventRule } from './definitions';
import { enableRule } from './enable-rule';
import { envelopeOf } from './envelope';
import { listRules } from './list-rules';

const entrySchema = z.object({
  Source: z.optional(z.string()),
  DetailType: z.optional(z.string()),
  Detail: z.optional(z.string()),
  EventBusName: z.optional(z.string()),
  Resources: z.optional(z.array(z.string())),
  /** Seconds since the epoch. */
  Time: z.optional(z.number()),
});
const requestSchema = z.object({ Entries: z.array(entrySchema).check(z.minLength(1), z.maxLength(10)) });

type Entry = z.infer<typeof entrySchema>;
type EntryAnswer = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

/** What the operation needs of the service behind it. */
export interface EventSink {
  has(busArn: string): boolean;
  rulesOn(busArn: string): readonly EventRule[];
  putRule(rule: EventRule): void;
  accept(busArn: string, event: EventEnvelope): void;
}

function json(status: number, body: unknown, errorType?: string): ApiAnswer {
  const headers: Record<string, string> = { 'content-type': 'application/x-amz-json-1.1' };
  if (errorType !== undefined) headers['x-amzn-errortype'] = errorType;
  return { status, headers, body: JSON.stringify(body) };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Why EventBridge refuses an entry; undefined when it takes it. */
function refusal(
  entry: Entry,
  arn: string,
  sink: EventSink,
): { ErrorCode: string; ErrorMessage: string } | undefined {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (!entry[name]) {
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      };
    }
  }
  if (!isJsonObject(entry.Detail ?? '')) {
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  }
  // Only AWS's own services send events of these sources.
  if (entry.Source?.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (!sink.has(arn)) {
    return { ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Event bus ${arn} does not exist.` };
  }
  return undefined;
}

/**
 * EventBridge's API as far as the sandbox has it: PutEvents, reading which rules there are, and enabling them. Buses and rules come from
 * templates, so every other operation stops the run. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 *
 * @param now milliseconds since the epoch
 */
export function eventsApi(sink: EventSink, failures: Failures, now: () => number): OwnedService {
  return async (call) => {
    if (call.operation === 'ListRules') return listRules(call, (arn) => sink.rulesOn(arn));
    if (call.operation === 'EnableRule')
      return enableRule(
        call,
        (arn) => sink.rulesOn(arn),
        (rule) => sink.putRule(rule),
      );
    if (call.operation !== 'PutEvents') {
      const error = new UnsupportedError(
        `The sandbox does not handle events:${call.operation}; buses and rules come from templates only.`,
      );
      if (call.stranger) throw error;
      failures.report(error);
      return json(501, { __type: 'UnsupportedError', message: error.message }, 'UnsupportedError');
    }
    const request = requestSchema.safeParse(call.parameters);
    if (!request.success) {
      const message = `PutEvents takes 1 to 10 entries: ${z.prettifyError(request.error)}`;
      return json(400, { __type: 'ValidationException', message }, 'ValidationException');
    }
    const place = { accountId: call.principal.accountId, region: call.region };
    const answers = request.data.Entries.map((entry): EntryAnswer => {
      const bus = entry.EventBusName ?? 'default';
      const arn = bus.startsWith('arn:') ? bus : busArn(place, bus);
      const refused = refusal(entry, arn, sink);
      if (refused !== undefined) return refused;
      const parts = {
        source: entry.Source ?? '',
        detailType: entry.DetailType ?? '',
        detail: JSON.parse(entry.Detail ?? '{}'),
        resources: entry.Resources ?? [],
      };
      const event = envelopeOf(place, parts, entry.Time === undefined ? now() : entry.Time * 1000);
      sink.accept(arn, event);
      return { EventId: event.id };
    });
    return json(200, {
      FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length,
      Entries: answers,
    });
  };
}
