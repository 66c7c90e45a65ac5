import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type HttpAnswer, jsonAnswer, sendAnswer, textAnswer } from '../http-answer';
import { parseJson, readBody } from '../request-body';
import type { SlackStandIn } from '../slack';
import { answerPage } from './requests';
import { changeEvent, workspaceEvent } from './shown';

/** The stand-in as a page for a browser. */
export interface SlackPage {
  /** For example `http://127.0.0.1:4000/`. */
  url: string;
  stop(): Promise<void>;
}

const sources = join(__dirname, 'client');

/**
 * With every answer. The page loads what this server has and nothing else, and makes no markup of any text: the browser refuses it.
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
 */
const headers = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Serves the stand-in for Slack as a page, on a free port of 127.0.0.1. */
export async function servePage(slack: SlackStandIn): Promise<SlackPage> {
  const server = new PageServer(slack, await pageFiles());
  await server.listen();
  return { url: `${server.origin}/`, stop: () => server.stop() };
}

/** What the page consists of, by path; its TypeScript is compiled here. */
async function pageFiles(): Promise<Readonly<Record<string, HttpAnswer>>> {
  const { build } = await import('esbuild');
  const [html, css, script] = await Promise.all([
    readFile(join(sources, 'page.html')),
    readFile(join(sources, 'page.css')),
    build({
      entryPoints: [join(sources, 'main.ts')],
      bundle: true,
      write: false,
      format: 'iife',
      target: 'es2022',
      logLevel: 'silent',
    }),
  ]);
  const file = (type: string, body: Uint8Array): HttpAnswer => ({
    status: 200,
    headers: { 'content-type': `${type}; charset=utf-8` },
    body: Buffer.from(body),
  });
  return {
    '/': file('text/html', html),
    '/page.css': file('text/css', css),
    '/page.js': file('text/javascript', script.outputFiles[0]?.contents ?? new Uint8Array()),
    '/favicon.ico': { status: 204, headers: {}, body: '' },
  };
}

class PageServer {
  private readonly server: Server;

  constructor(
    private readonly slack: SlackStandIn,
    private readonly files: Readonly<Record<string, HttpAnswer>>,
  ) {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy());
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
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
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    // Another site's page may send a request here, under its own origin or under a name that leads here.
    if (request.headers.host !== new URL(this.origin).host || this.isForeign(request)) {
      sendAnswer(response, textAnswer(403, 'This page is for the browser of this machine.'));
      return;
    }
    const url = new URL(request.url ?? '/', this.origin);
    if (request.method === 'GET' && url.pathname === '/events')
      this.stream(url.searchParams.get('user') ?? '', response);
    else sendAnswer(response, await this.answer(request, url.pathname));
  }

  private isForeign({ headers: { origin } }: IncomingMessage): boolean {
    return origin !== undefined && origin !== this.origin;
  }

  private async answer(request: IncomingMessage, path: string): Promise<HttpAnswer> {
    if (request.method === 'GET') return this.files[path] ?? this.file(path) ?? textAnswer(404, 'Not found');
    if (request.method !== 'POST' || request.headers['content-type'] !== 'application/json')
      return textAnswer(415, 'JSON, please.');
    const body = parseJson((await readBody(request)).toString('utf8'));
    const answer = await answerPage(this.slack, path, body);
    return answer === undefined ? textAnswer(404, 'Not found') : jsonAnswer(200, answer);
  }

  /** A file of the workspace: to be saved, never to be shown in the page's own origin. */
  private file(path: string): HttpAnswer | undefined {
    const id = /^\/files\/(F[A-Z0-9]+)$/.exec(path)?.[1];
    const file = this.slack.files.find((each) => each.id === id);
    if (file === undefined) return undefined;
    return {
      status: 200,
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${extendedValue(file.name)}`,
      },
      body: Buffer.from(file.content),
    };
  }

  /** https://html.spec.whatwg.org/multipage/server-sent-events.html */
  private stream(user: string, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (event: unknown) => response.write(`data: ${JSON.stringify(event)}\n\n`);
    send(workspaceEvent(this.slack, user));
    const stop = this.slack.listen((change) => {
      const event = changeEvent(this.slack, user, change);
      if (event !== undefined) send(event);
    });
    response.on('close', stop);
  }
}

/** A text as headers hold it, half characters replaced: https://www.rfc-editor.org/rfc/rfc8187#section-3.2 */
function extendedValue(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '_')).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
}
