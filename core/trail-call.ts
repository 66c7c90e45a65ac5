import * as z from 'zod/mini';

/** `detail-type` of the events that CloudTrail has EventBridge make of API calls. */
export const trailDetailType = 'AWS API Call via CloudTrail';

const text = z.catch(z.optional(z.string()), undefined);
const parameters = z.catch(z.optional(z.record(z.string(), z.unknown())), undefined);

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
const userIdentitySchema = z.object({
  type: text,
  arn: text,
  principalId: text,
  accountId: text,
  userName: text,
  invokedBy: text,
  sessionContext: z.catch(
    z.optional(
      z.object({
        sessionIssuer: z.catch(
          z.optional(z.object({ type: text, arn: text, accountId: text, userName: text })),
          undefined,
        ),
      }),
    ),
    undefined,
  ),
});

/**
 * What Staunch reads of a call that CloudTrail recorded: the `detail` of an event whose detail type is `trailDetailType`. Only
 * what tells which call it was has to be there. Anything else may be absent, and what is malformed is taken for absent: some of
 * it is written by whoever made the call.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const trailCallSchema = z.object({
  /** For example `s3.amazonaws.com`. */
  eventSource: z.string().check(z.minLength(1), z.maxLength(128)),
  eventName: z.string().check(z.minLength(1), z.maxLength(128)),
  /** ISO 8601. */
  eventTime: text,
  awsRegion: text,
  userIdentity: z.catch(z.optional(userIdentitySchema), undefined),
  /** An address, or the name of the AWS service that called. */
  sourceIPAddress: text,
  userAgent: text,
  /** `true` where the credentials were those of a session of the console. */
  sessionCredentialFromConsole: text,
  requestParameters: parameters,
  responseElements: parameters,
  /** There where the call failed. */
  errorCode: text,
  /** The resources that the call was about, with their owners' accounts, as some services say them. */
  resources: z.catch(z.optional(z.array(z.object({ ARN: text, accountId: text, type: text }))), undefined),
});

/** A call that CloudTrail recorded, parsed. */
export type TrailCall = z.infer<typeof trailCallSchema>;
