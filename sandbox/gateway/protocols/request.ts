import type { IncomingMessage } from 'node:http';

/** An HTTP request as it came in. */
export interface HttpRequest {
  method: string;
  /** Path with query string. */
  url: string;
  /** Path alone; still percent-encoded as it came in, decoded in a canonical request. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
  /** The body was longer than `largestBody`, and is left out. */
  tooLarge?: true;
}

/** How many bytes a body may have. AWS takes more in objects of S3 alone, which nothing here needs. */
export const largestBody = 16 * 1024 * 1024;

/** Reads a whole request; a body that is too large is read to its end, so that the sender hears the answer, and not kept. */
export async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= largestBody) chunks.push(chunk);
  }
  const tooLarge = length > largestBody;
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
    body: tooLarge ? Buffer.alloc(0) : Buffer.concat(chunks),
    ...(tooLarge && { tooLarge }),
  };
}
