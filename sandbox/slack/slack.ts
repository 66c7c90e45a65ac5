import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { EventLog } from '../events';
import { messageError } from './message-checks';
import { readParameters, type SlackParameters } from './request-body';

/** How the stand-in fails, where a test or a person asks for that. */
export type SlackOutage =
  /** The connection is cut. */
  | 'unreachable'
  /** Every request is answered with HTTP 500. */
  | 'server-error'
  /** Every request is answered with HTTP 429, and after how many seconds to come back. */
  | { retryAfterSeconds: number };

/** A message that reached a channel. */
export interface SlackMessage {
  channel: string;
  text: string;
  blocks?: unknown;
  /** Slack's id of the message within its channel: seconds with six decimals. */
  ts: string;
  /** `ts` of the message in whose thread it stands. */
  threadTs?: string;
}

/** What the stand-in is made from. */
export interface SlackOptions {
  log: EventLog;
  /** The bot token that it accepts. */
  token: string;
  /** Ids of the channels that the bot is in. */
  channels: readonly string[];
}

/** A stand-in for Slack's Web API. */
export interface SlackStandIn {
  readonly port: number;
  /** `http://127.0.0.1:PORT`; methods are under `/api/`. */
  readonly endpoint: string;
  /** Every message that was accepted, in order. */
  readonly messages: readonly SlackMessage[];
  /** Starts an outage, or with undefined ends it. */
  fail(outage: SlackOutage | undefined): void;
  stop(): Promise<void>;
}

class SlackServer implements SlackStandIn {
  readonly messages: SlackMessage[] = [];
  private outage: SlackOutage | undefined;
  private readonly server: Server;

  constructor(private readonly options: SlackOptions) {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy());
    });
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  fail(outage: SlackOutage | undefined): void {
    this.outage = outage;
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(0, '127.0.0.1', resolve);
    });
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.outage === 'unreachable') {
      request.socket.destroy();
      return;
    }
    const parameters = await readParameters(request);
    if (this.outage === 'server-error') {
      response.writeHead(500).end('Internal Server Error');
    } else if (this.outage !== undefined) {
      // https://docs.slack.dev/apis/web-api/rate-limits
      send(
        response,
        429,
        { ok: false, error: 'ratelimited' },
        { 'retry-after': this.outage.retryAfterSeconds },
      );
    } else {
      send(response, 200, this.answer(request, parameters));
    }
  }

  private answer(request: IncomingMessage, parameters: SlackParameters | undefined): Record<string, unknown> {
    const method = /^\/api\/([\w.]+)/.exec(request.url ?? '')?.[1];
    if (method !== 'chat.postMessage' && method !== 'auth.test')
      return { ok: false, error: 'unknown_method' };
    if (parameters === undefined) return { ok: false, error: 'invalid_json' };
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? parameters.token;
    if (token === undefined) return { ok: false, error: 'not_authed' };
    if (token !== this.options.token) return { ok: false, error: 'invalid_auth' };
    return method === 'auth.test'
      ? {
          ok: true,
          url: 'https://staunch.slack.com/',
          team: 'Staunch',
          user: 'staunch',
          user_id: 'U0000000000',
        }
      : this.post(parameters);
  }

  /** https://docs.slack.dev/reference/methods/chat.postMessage */
  private post(parameters: SlackParameters): Record<string, unknown> {
    const channel = String(parameters.channel ?? '');
    const text = String(parameters.text ?? '');
    const { blocks, thread_ts: threadTs } = parameters;
    if (!this.options.channels.includes(channel)) return { ok: false, error: 'channel_not_found' };
    const error = messageError(text, blocks);
    if (error !== undefined) return { ok: false, error };
    const ts = `${Math.floor(Date.now() / 1000)}.${String(this.messages.length + 1).padStart(6, '0')}`;
    const content = { channel, text, ...(blocks === undefined ? {} : { blocks }) };
    this.messages.push({ ...content, ts, ...(typeof threadTs === 'string' ? { threadTs } : {}) });
    this.options.log.emit({ kind: 'slack', ...content });
    const { channel: _, ...message } = content;
    return { ok: true, channel, ts, message: { type: 'message', user: 'U0000000000', ts, ...message } };
  }
}

function send(
  response: ServerResponse,
  status: number,
  body: Record<string, unknown>,
  headers: Record<string, number> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

/** Starts a stand-in for Slack on a free port of 127.0.0.1. */
export async function startSlack(options: SlackOptions): Promise<SlackStandIn> {
  const server = new SlackServer(options);
  await server.listen();
  return server;
}
