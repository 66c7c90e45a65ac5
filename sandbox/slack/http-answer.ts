import type { ServerResponse } from 'node:http';

/** An answer to an HTTP request. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

export function textAnswer(status: number, body: string): HttpAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

/**
 * What Slack answers past a limit: https://docs.slack.dev/apis/web-api/rate-limits
 * @param seconds after which to come back; undefined leaves the header out
 */
export function rateLimited(seconds: number | undefined): HttpAnswer {
  const headers: Record<string, string> = seconds === undefined ? {} : { 'retry-after': String(seconds) };
  return jsonAnswer(429, { ok: false, error: 'ratelimited' }, headers);
}

export function sendAnswer(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  response.writeHead(status, headers).end(body);
}
