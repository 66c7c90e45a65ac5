import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';

/** Thrown when something could not be posted now. What has to be told stays in the outbox. */
export class PostError extends Error {
  override readonly name: string = 'PostError';
}

/** Thrown when Slack wants to be left alone for a time. */
export class LimitedError extends PostError {
  override readonly name = 'LimitedError';
  /** @param milliseconds how long */
  constructor(
    readonly milliseconds: number,
    cause: unknown,
  ) {
    super('Slack wants fewer calls.', { cause });
  }
}

/** Thrown when Slack refuses a message for what it is like: it will never take it. */
export class RefusedMessageError extends Error {
  override readonly name = 'RefusedMessageError';
}

/** Thrown when the message that is to be changed, or answered, is not there any more. */
export class MissingMessageError extends Error {
  override readonly name = 'MissingMessageError';
}

/** Thrown when a message cannot be changed any more, or a file not be added, by the workspace's settings or the app's scopes. */
export class ForbiddenChangeError extends Error {
  override readonly name = 'ForbiddenChangeError';
}

/** Slack's errors for a token that is not valid any more: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const tokenErrors: readonly string[] = [
  'invalid_auth',
  'token_revoked',
  'token_expired',
  'not_authed',
  'account_inactive',
];

/** Slack's errors for what a message is like, or what it answers: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const contentErrors: readonly string[] = [
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'cannot_reply_to_message',
  'restricted_action_thread_locked',
];

/** https://docs.slack.dev/reference/methods/chat.update#errors */
const missingErrors: readonly string[] = ['message_not_found', 'thread_not_found'];

/** https://docs.slack.dev/reference/methods/chat.update#errors, …/files.completeUploadExternal#errors */
const forbiddenErrors: readonly string[] = [
  'edit_window_closed',
  'cant_update_message',
  'missing_scope',
  'file_uploads_disabled',
  'file_upload_size_restricted',
];

/** Whether Slack refuses the token: it may have been rotated. */
export function isTokenError(error: unknown): boolean {
  return isOneOf(tokenErrors, error);
}

/** Where Slack does not say for how long it wants to be left alone. */
const unsaidMilliseconds = 5_000;
/** Slack is asked again after this at the latest: a hint that waits keeps the whole channel waiting, and SQS lets none wait for a day. */
const mostMilliseconds = 15 * 60_000;

/**
 * What a call to Slack came to, as what the poster does about it.
 * @param mayBeForbidden whether the poster can do without the call: a message that cannot be changed is answered instead
 */
export function posterError(error: unknown, mayBeForbidden: boolean): Error {
  if (error instanceof PostError) return error;
  if (error instanceof WebAPIRateLimitedError) {
    return new LimitedError(Math.min(error.retryAfter * 1_000, mostMilliseconds), error);
  }
  const said = error instanceof Error ? error.message : String(error);
  // The SDK has no class for an answer 429 without `Retry-After`.
  if (said.startsWith('Retry header did not contain') || isOneOf(['ratelimited', 'rate_limited'], error)) {
    return new LimitedError(unsaidMilliseconds, error);
  }
  if (isOneOf(contentErrors, error)) {
    return new RefusedMessageError(`Slack refuses the message as it is: ${said}`, { cause: error });
  }
  if (isOneOf(missingErrors, error)) return new MissingMessageError(said, { cause: error });
  if (mayBeForbidden && isOneOf(forbiddenErrors, error)) {
    return new ForbiddenChangeError(said, { cause: error });
  }
  return new PostError(`Slack did not take it: ${said}`, { cause: error });
}

function isOneOf(codes: readonly string[], error: unknown): boolean {
  return error instanceof WebAPIPlatformError && codes.includes(error.data.error);
}
