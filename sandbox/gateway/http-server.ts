import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiAnswer } from './api';
import { type HttpRequest, readRequest } from './protocols/request';

/** Answers HTTP on 127.0.0.1. */
export class HttpServer {
  private readonly server: Server;

  constructor(private readonly answer: (request: HttpRequest) => Promise<ApiAnswer>) {
    this.server = createServer((request, response) => void this.serve(request, response));
    // Clients keep their connections, however long they rest: a server that closed one would race with the next request on it.
    // https://nodejs.org/api/http.html#serverkeepalivetimeout
    this.server.keepAliveTimeout = 0;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** @param port 0 for one that the kernel chooses */
  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => resolve());
    });
  }

  /** Ends every connection, and resolves when the port is free. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await readRequest(incoming);
      const { status, headers, body } = await this.answer(request);
      const isHead = request.method === 'HEAD';
      const length = isHead ? headers['content-length'] : String(Buffer.byteLength(body));
      response.writeHead(status, { ...headers, ...(length !== undefined && { 'content-length': length }) });
      response.end(isHead ? undefined : body);
    } catch {
      // The client went away in the middle of its request: there is nobody to answer.
      response.destroy();
    }
  }
}
