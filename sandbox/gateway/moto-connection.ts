import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { ApiAnswer } from './api';
import { parseXml } from './protocols/xml';

/** Headers that belong to one connection, or are set anew for the next one. */
const ownToConnection = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'transfer-encoding',
  'x-moto-account-id',
]);

/** The one call that may wait in moto: `sandbox/moto` lets it do so beside others. */
const waitingTarget = 'AmazonSQS.ReceiveMessage';

/** What goes to moto. */
export interface MotoRequest {
  method: string;
  /** Path with query string. */
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  /** The account whose state answers. */
  accountId: string;
}

/** Keeps connections to moto, and chooses the account with moto's own header. */
export class MotoConnection {
  /** moto takes one call at a time: more would only make its threads wait for each other. */
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 2 });
  /** Of calls that may wait for a message. */
  private readonly waiting = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly target: URL;

  constructor(endpoint: string) {
    this.target = new URL(endpoint);
  }

  /**
   * Sends a request to moto. A kept connection that moto had closed meanwhile is replaced, once: moto did not see such a
   * request.
   */
  async send(motoRequest: MotoRequest): Promise<ApiAnswer> {
    try {
      return await this.sendOnce(motoRequest);
    } catch (error) {
      if (!(error instanceof StaleConnectionError)) throw error;
      return this.sendOnce(motoRequest);
    }
  }

  /**
   * Asks a service of the query protocol; returns the parsed XML, or undefined when moto refuses.
   * @param region whose state answers, of services that have Regions
   */
  async query(
    service: string,
    accountId: string,
    parameters: Record<string, string>,
    region = 'us-east-1',
  ): Promise<Record<string, unknown> | undefined> {
    const answer = await this.send({
      method: 'POST',
      url: '/',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        authorization: `AWS4-HMAC-SHA256 Credential=${accountId}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: Buffer.from(new URLSearchParams(parameters).toString()),
      accountId,
    });
    return answer.status < 300 ? parseXml(answer.body) : undefined;
  }

  close(): void {
    this.agent.destroy();
    this.waiting.destroy();
  }

  private sendOnce({ method, url, headers, body, accountId }: MotoRequest): Promise<ApiAnswer> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        {
          agent: headers['x-amz-target'] === waitingTarget ? this.waiting : this.agent,
          host: this.target.hostname,
          port: this.target.port,
          method,
          path: url,
          headers: {
            ...withoutConnection(headers),
            'x-moto-account-id': accountId,
            'content-length': String(body.length),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 502,
              headers: flat(response.headers, method),
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      request.on('error', (error: NodeJS.ErrnoException) => {
        const stale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        reject(stale ? new StaleConnectionError(error.message) : error);
      });
      request.end(body);
    });
  }
}

/** A kept connection broke before it carried an answer. */
class StaleConnectionError extends Error {
  override readonly name = 'StaleConnectionError';
}

/** Neither those, nor what a server could take for another header: it may read `x_amz_target` as `x-amz-target`. */
function withoutConnection(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !ownToConnection.has(name) && !name.includes('_')),
  );
}

/** Only an answer to HEAD keeps its length: it has no body to count. */
function flat(headers: IncomingHttpHeaders, method: string): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    if (ownToConnection.has(name) && !(method === 'HEAD' && name === 'content-length')) continue;
    result[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return result;
}
