import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type HttpAnswer, jsonAnswer, rateLimited, sendAnswer, textAnswer } from './http-answer';
import type { Outages, SlackOutage } from './outages';
import { readParameters } from './request-body';
import type { ResponseUrls } from './response-urls';
import { readUpload } from './upload-body';
import { answerCall, type WebApiParts } from './web-api';

/** What the server answers from. */
export interface SlackServerParts {
  webApi: WebApiParts;
  outages: Outages;
  responseUrls: ResponseUrls;
}

/** A request, read: what it is called where outages are asked for, and how it is answered. */
interface ReadRequest {
  method: string;
  channel: string;
  answer: () => HttpAnswer;
}

/** Answers what apps ask of Slack, on a free port of 127.0.0.1; fails where that is asked for. */
export class SlackServer {
  private readonly server: Server;

  constructor(private readonly parts: SlackServerParts) {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy());
    });
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** `http://127.0.0.1:PORT` */
  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
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
    const { method, channel, answer } = await this.read(request);
    const outage = this.parts.outages.hit({ method, channel });
    // No answer comes: the connection stays open until one of the two ends it.
    if (outage === 'time-out') return;
    if (outage === 'unreachable') {
      request.socket.destroy();
      return;
    }
    if (outage === 'answer-lost') {
      answer();
      request.socket.destroy();
      return;
    }
    sendAnswer(response, outage === undefined ? answer() : failed(outage));
  }

  private async read(request: IncomingMessage): Promise<ReadRequest> {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname.startsWith('/upload/')) {
      const content = await readUpload(request);
      const { uploads } = this.parts.webApi;
      return {
        method: 'upload',
        channel: '',
        answer: () =>
          uploads.receive(pathname, content)
            ? textAnswer(200, `OK - ${content.length}`)
            : textAnswer(400, 'Nothing of this length is expected here.'),
      };
    }
    const parameters = await readParameters(request);
    const channel = String(parameters?.channel ?? parameters?.channel_id ?? '');
    if (pathname.startsWith('/actions/'))
      return {
        method: 'response_url',
        channel,
        answer: () => this.parts.responseUrls.answer(pathname, parameters),
      };
    const method = /^\/api\/([\w.]+)$/.exec(pathname)?.[1] ?? '';
    return {
      method,
      channel,
      answer: () => answerCall(this.parts.webApi, { method, request }, parameters),
    };
  }
}

type Answered = Exclude<SlackOutage, 'unreachable' | 'answer-lost' | 'time-out'>;

function failed(outage: Answered): HttpAnswer {
  if (outage === 'server-error') return textAnswer(500, 'Internal Server Error');
  if ('status' in outage) return textAnswer(outage.status, `HTTP ${outage.status}`);
  if ('error' in outage) return jsonAnswer(200, { ok: false, error: outage.error });
  return rateLimited(outage.retryAfterSeconds);
}
