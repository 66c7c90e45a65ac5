import { LogLevel, WebClient } from '@slack/web-api';
import type { SlackMessage } from '../../card/blocks';
import type { BotToken } from '../bot-token';
import { isTokenError, PostError, posterError } from './slack-errors';

/** How long one call to Slack may take. */
export const callMilliseconds = 10_000;

/** A file for a thread. */
export interface ThreadFile {
  name: string;
  title: string;
  content: string;
}

/** What the calls are made with. */
export interface SlackPostsParts {
  token: Pick<BotToken, 'get' | 'refresh'>;
  newClient: (token: string) => SlackMethods;
  /** Puts a file where Slack has said. */
  upload: (url: string, content: string) => Promise<{ ok: boolean; status: number }>;
}

/** The methods of Slack's Web API that are called. */
export interface SlackMethods {
  chat: Pick<WebClient['chat'], 'postMessage' | 'update'>;
  files: Pick<WebClient['files'], 'getUploadURLExternal' | 'completeUploadExternal'>;
}

/**
 * A client that tries once: the default retries outlast a Lambda function, and what has to be posted stays in the outbox anyway.
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

/** Slack reads and links nothing by itself in what is posted. */
const asItIs = { parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false } as const;

/** What the poster has Slack do. A token that Slack refuses is read anew, once a call: it may have been rotated. */
export class SlackPosts {
  private client: Promise<SlackMethods> | undefined;

  constructor(private readonly parts: SlackPostsParts) {}

  /**
   * Posts a message, or an answer in a thread.
   * @returns Slack's id of the message
   * @throws an error of `slack-errors.ts`
   */
  async post(channel: string, message: SlackMessage, threadTs?: string): Promise<string> {
    const { ts } = await this.call(false, ({ chat }) =>
      chat.postMessage({
        channel,
        ...message,
        ...asItIs,
        ...(threadTs !== undefined && { thread_ts: threadTs }),
      }),
    );
    if (ts) return ts;
    throw new PostError('Slack took a message, and did not say which one it is.');
  }

  /** Changes a message. @throws an error of `slack-errors.ts` */
  async update(channel: string, ts: string, { text, blocks }: SlackMessage): Promise<void> {
    await this.call(true, ({ chat }) =>
      chat.update({ channel, ts, text, blocks, parse: 'none', link_names: false }),
    );
  }

  /**
   * Puts a file into a thread: https://docs.slack.dev/messaging/working-with-files#upload
   * @throws an error of `slack-errors.ts`
   */
  async file(channel: string, threadTs: string, { name, title, content }: ThreadFile): Promise<void> {
    const length = Buffer.byteLength(content);
    const { upload_url: url, file_id: id } = await this.call(true, ({ files }) =>
      files.getUploadURLExternal({ filename: name, length }),
    );
    if (!url || !id) throw new PostError('Slack did not say where a file goes.');
    const { ok, status } = await this.parts.upload(url, content).catch((error: unknown) => {
      throw new PostError('A file could not be sent to Slack.', { cause: error });
    });
    if (!ok) throw new PostError(`Slack did not take a file: status ${status}.`);
    await this.call(true, ({ files }) =>
      files.completeUploadExternal({ files: [{ id, title }], channel_id: channel, thread_ts: threadTs }),
    );
  }

  private async call<Answer>(
    mayBeForbidden: boolean,
    make: (client: SlackMethods) => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await make(await this.connected());
    } catch (error) {
      if (!isTokenError(error)) throw posterError(error, mayBeForbidden);
    }
    try {
      this.client = this.parts.token.refresh().then(this.parts.newClient);
      return await make(await this.connected());
    } catch (error) {
      throw posterError(error, mayBeForbidden);
    }
  }

  private async connected(): Promise<SlackMethods> {
    this.client ??= this.parts.token.get().then(this.parts.newClient);
    return this.client.catch((error: unknown) => {
      this.client = undefined;
      throw error;
    });
  }
}
