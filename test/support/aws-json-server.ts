import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HttpRequest, readRequest } from '../../sandbox/gateway/protocols/request';

/** Answers one request; what it does not end stays without an answer. */
export type Reply = (response: ServerResponse) => void;

/** Answers with a status and a body. */
export function answers(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, headers);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** An AWS with a JSON protocol on 127.0.0.1, which keeps what it was asked. */
export class AwsJsonServer {
  readonly requests: HttpRequest[] = [];
  /** What it answers next, in order; afterwards an empty object. */
  readonly replies: Reply[] = [];
  private readonly server: Server = createServer(async (message, response) => {
    this.requests.push(await readRequest(message));
    (this.replies.shift() ?? answers(200, {}))(response);
  });

  async listen(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The operations that it was asked for, each with its input. */
  calls(): { operation: string | undefined; input: unknown }[] {
    return this.requests.map(({ headers, body }) => ({
      operation: headers['x-amz-target']?.split('.')[1],
      input: JSON.parse(body.toString('utf8')),
    }));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
