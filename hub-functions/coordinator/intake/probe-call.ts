import { probeForwardingRuleName, roleArn, roleNames } from '../../../core/names';
import { partitions } from '../../../core/partition';
import { type MarkedProbe, probeRound } from '../../../core/probe';
import type { TrailEvent } from './trail-event';

/**
 * The probe that a recorded call is: one of the member's probe role, whose session has a mark for its name. Account, Region and caller
 * are CloudTrail's words, which nobody in the account can write.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 * @returns undefined for any other call
 */
export function probeOfCall({
  account: accountId,
  region,
  detail: call,
}: TrailEvent): MarkedProbe | undefined {
  const { eventSource, eventName, errorCode, userIdentity, requestParameters } = call;
  if (eventSource !== 'events.amazonaws.com' || eventName !== 'EnableRule' || errorCode !== undefined)
    return undefined;
  if (requestParameters?.name !== probeForwardingRuleName) return undefined;
  const issuer = userIdentity?.sessionContext?.sessionIssuer?.arn;
  const isOwn = partitions.some((partition) => roleArn(accountId, roleNames.probe, partition) === issuer);
  // `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`
  const mark = userIdentity?.arn?.split('/').at(-1) ?? '';
  if (!isOwn || probeRound(mark) === undefined) return undefined;
  return { accountId, region, detector: 'trail', mark };
}
