import { LogLevel, WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import type { BotToken } from './bot-token';
import type { SlackMessage } from './compose';

/** How long one call to Slack may take. */
export const callMilliseconds = 10_000;
/** How often one message waits out a rate limit before it goes back to the queue. */
const maximumWaits = 3;

/** Slack's errors for a token that is not valid any more: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const tokenErrors: readonly string[] = [
  'invalid_auth',
  'token_revoked',
  'token_expired',
  'not_authed',
  'account_inactive',
];

/** Slack's errors for what a message is like: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const contentErrors: readonly string[] = [
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
];

/** Thrown when Slack refuses a message for what it is like: it will never take it. */
export class RefusedMessageError extends Error {
  override readonly name = 'RefusedMessageError';
}

/** Thrown when a message could not be posted. It stays in the queue. */
export class PostError extends Error {
  override readonly name = 'PostError';
}

/** What the channel works with. */
export interface SlackChannelParts {
  token: Pick<BotToken, 'get' | 'refresh'>;
  /** Id of the channel, for example `C0123456789`. */
  channel: string;
  newClient: (token: string) => { chat: Pick<WebClient['chat'], 'postMessage'> };
  sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/**
 * A client that tries once: the default retries outlast a Lambda function, and the queue tries again anyway.
 * https://docs.slack.dev/tools/node-slack-sdk/web-api
 */
export function slackClient(token: string): WebClient {
  return new WebClient(token, {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: callMilliseconds,
    allowAbsoluteUrls: false,
    logLevel: LogLevel.ERROR,
  });
}

/** The one Slack channel that is told. */
export class SlackChannel {
  private client: Promise<ReturnType<SlackChannelParts['newClient']>> | undefined;
  private limitedUntil = 0;

  constructor(private readonly parts: SlackChannelParts) {}

  /**
   * Posts a message. A rate limit is waited out when there is time for it, and a token that Slack refuses is read anew,
   * once: it may have been rotated.
   * https://docs.slack.dev/apis/web-api/rate-limits
   * @param remaining milliseconds that are left to this invocation
   * @throws PostError when it was not posted, RefusedMessageError when it never will be
   */
  async post(message: SlackMessage, remaining: () => number): Promise<void> {
    let refreshed = false;
    for (let waits = 0; ; ) {
      await this.waitOut(remaining);
      try {
        await this.call(message);
        return;
      } catch (error) {
        if (error instanceof WebAPIRateLimitedError && waits < maximumWaits) {
          waits += 1;
          this.limitedUntil = this.parts.now() + error.retryAfter * 1000;
        } else if (isOneOf(tokenErrors, error) && !refreshed) {
          refreshed = true;
          this.client = this.parts.token.refresh().then(this.parts.newClient);
        } else if (isOneOf(contentErrors, error)) {
          throw new RefusedMessageError(`Slack refuses the message as it is: ${(error as Error).message}`, {
            cause: error,
          });
        } else {
          throw new PostError(`Slack did not take the message: ${(error as Error).message}`, {
            cause: error,
          });
        }
      }
    }
  }

  /** @throws PostError when the limit, and a call after it, would outlast the invocation */
  private async waitOut(remaining: () => number): Promise<void> {
    const wait = Math.max(0, this.limitedUntil - this.parts.now());
    if (wait + callMilliseconds > remaining()) {
      throw new PostError(`There is no time left to post: ${Math.ceil(wait / 1000)} s to wait for Slack.`);
    }
    if (wait > 0) await this.parts.sleep(wait);
  }

  private async call({ text, blocks }: SlackMessage): Promise<void> {
    this.client ??= this.parts.token.get().then(this.parts.newClient);
    const client = await this.client.catch((error: unknown) => {
      this.client = undefined;
      throw error;
    });
    await client.chat.postMessage({
      channel: this.parts.channel,
      text,
      blocks,
      parse: 'none',
      link_names: false,
      unfurl_links: false,
      unfurl_media: false,
    });
  }
}

function isOneOf(codes: readonly string[], error: unknown): boolean {
  return error instanceof WebAPIPlatformError && codes.includes(error.data.error);
}
