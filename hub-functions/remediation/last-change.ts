import {
  CloudTrailClient,
  type CloudTrailClientConfig,
  type Event,
  LookupEventsCommand,
} from '@aws-sdk/client-cloudtrail';
import * as z from 'zod/mini';
import type { FindingIdentity } from '../../core/finding';
import { clientConfiguration } from '../../resources/kit/client-configuration';
import type { ResourceAccess } from '../../resources/kit/live-resource';
import type { TrailEvents } from '../../resources/kit/trail-events';
import { factsOf, isFixableResourceType } from '../../resources/resource-types';

/** Who changed a resource, as far as CloudTrail says. */
export interface LastChange {
  /** Usually an ARN; the name of an AWS service where one did it by itself. */
  by: string;
  /** The API's name of the change, for example `AuthorizeSecurityGroupIngress`. */
  event: string;
  at: Date;
}

/** Reading is recorded as well, so that changes may lie behind many events that are none. */
const maximumPages = 3;
/** The longest that a look may wait for it, in milliseconds: it is only told, and nothing depends on it. */
const maximumWait = 6_000;

/** Sessions of Staunch's own roles. */
const ownSession = /^arn:[\w-]+:sts::\d{12}:assumed-role\/staunch-/;

/**
 * The parts of a whole record that matter here.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
const recordSchema = z.object({
  userIdentity: z.optional(z.object({ arn: z.optional(z.string()), invokedBy: z.optional(z.string()) })),
  errorCode: z.optional(z.string()),
});

/**
 * Who changed a resource last, other than Staunch: the newest event that CloudTrail lists for its name, that changes what
 * makes a resource of its type dangerous, and that did not fail. Events come minutes after the call. The newest stands first; only one attribute can be asked for, and no more than two
 * lookups a second are answered in an account and Region:
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 * @param access to the resource; takes the permission `cloudtrail:LookupEvents`
 * @param overrides of the client's configuration
 * @returns undefined where nothing of it is known, or CloudTrail did not answer; it never throws
 */
export async function lastChangeBy(
  { finding, credentials, signal }: Omit<ResourceAccess, 'mayWrite'>,
  overrides: CloudTrailClientConfig = {},
): Promise<LastChange | undefined> {
  const client = new CloudTrailClient({ ...clientConfiguration(finding.region, credentials), ...overrides });
  try {
    const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(maximumWait)]);
    return await newestChange(client, finding, abortSignal);
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
}

async function newestChange(
  client: CloudTrailClient,
  { resourceType, resourceId }: FindingIdentity,
  abortSignal: AbortSignal,
): Promise<LastChange | undefined> {
  const trail = isFixableResourceType(resourceType) ? factsOf(resourceType).trail : undefined;
  let token: string | undefined;
  for (let page = 1; page <= maximumPages; page++) {
    const { Events: events = [], NextToken: next } = await client.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: resourceId }],
        ...(token && { NextToken: token }),
      }),
      { abortSignal },
    );
    for (const event of events) {
      const change = trail && changeOf(event, trail);
      if (change) return change;
    }
    if (!next) return undefined;
    token = next;
  }
  return undefined;
}

/** What an event changed, and who did; undefined when it changed nothing, was Staunch's, or does not say whose it was. */
function changeOf(event: Event, { names }: TrailEvents): LastChange | undefined {
  if (!event.EventName || !names.includes(event.EventName) || !event.EventTime) return undefined;
  const { userIdentity, errorCode } = recordSchema.parse(JSON.parse(event.CloudTrailEvent ?? '{}'));
  const by = userIdentity?.arn ?? userIdentity?.invokedBy ?? event.Username;
  if (errorCode !== undefined || by === undefined || ownSession.test(by)) return undefined;
  return { by, event: event.EventName, at: event.EventTime };
}
