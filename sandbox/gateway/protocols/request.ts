import type { IncomingMessage } from 'node:http';

/** An HTTP request as it came in. */
export interface HttpRequest {
  method: string;
  /** Path with query string. */
  url: string;
  /** Path alone, still percent-encoded. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
}

/** Reads a whole request. */
export async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const url = message.url ?? '/';
  const [path = '/', queryString = ''] = url.split(/\?(.*)/s);
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  return {
    method: message.method ?? 'GET',
    url,
    path,
    query: new URLSearchParams(queryString),
    headers,
    body: Buffer.concat(chunks),
  };
}
