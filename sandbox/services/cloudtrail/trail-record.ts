import { randomUUID } from 'node:crypto';
import type { ApiAnswer, ApiCall, Refusal } from '../../gateway/api';
import type { Trail } from '../service';
import { userIdentity } from './user-identity';

/** A record of CloudTrail, as far as the sandbox writes one. */
export interface TrailRecord {
  eventVersion: string;
  userIdentity: object;
  /** To the second, like `2026-01-01T00:00:00Z`. */
  eventTime: string;
  eventSource: string;
  eventName: string;
  awsRegion: string;
  sourceIPAddress: string;
  userAgent: string;
  errorCode?: string;
  errorMessage?: string;
  requestParameters: object | null;
  responseElements: object | null;
  requestID: string;
  eventID: string;
  readOnly: false;
  eventType: 'AwsApiCall';
  managementEvent: true;
  /** The account that has the record. */
  recipientAccountId: string;
  resources?: readonly object[];
  eventCategory: 'Management';
}

/** What became of a call: its answer, or how it was refused. */
export type CallOutcome = { answer: ApiAnswer } | { refusal: Refusal };

/** Every call comes from this machine. */
const sourceIPAddress = '127.0.0.1';

const readOperation = /^(Get|List|Describe|Head)/;

/** Whether CloudTrail records a call without being asked to, and Staunch cares: what reads is left out, objects and messages are data. */
export function isRecorded(call: ApiCall, trail: Trail): boolean {
  return !readOperation.test(call.operation) && trail.isData?.(call) !== true;
}

/**
 * A call as CloudTrail records it:
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 *
 * @param trail what CloudTrail records of the service
 * @param at milliseconds since the epoch
 */
export function recordOf(call: ApiCall, outcome: CallOutcome, trail: Trail, at: number): TrailRecord {
  const { service, operation, region, principal, accountId, userAgent = '' } = call;
  const resources = trail.resources?.(call);
  const byService = principal.kind === 'service';
  return {
    eventVersion: '1.11',
    userIdentity: userIdentity(principal),
    eventTime: new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    eventSource: trail.source ?? `${service}.amazonaws.com`,
    eventName: trail.eventName?.(operation) ?? operation,
    awsRegion: region,
    // A service that acts by itself is named in both: see `userAgent` and `sourceIPAddress` of the record's contents.
    sourceIPAddress: byService ? principal.arn : sourceIPAddress,
    userAgent: byService ? principal.arn : (trail.userAgent?.(userAgent) ?? userAgent),
    ...('refusal' in outcome && {
      errorCode: trail.errorCode?.(outcome.refusal.code) ?? outcome.refusal.code,
      errorMessage: outcome.refusal.message,
    }),
    requestParameters: trail.requestParameters(call),
    responseElements: 'answer' in outcome ? (trail.responseElements?.(call, outcome.answer) ?? null) : null,
    requestID: randomUUID(),
    eventID: randomUUID(),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: accountId,
    ...(resources !== undefined && { resources }),
    eventCategory: 'Management',
  };
}
