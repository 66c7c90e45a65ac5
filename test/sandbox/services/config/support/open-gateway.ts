import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AccessDeniedError,
  type AccessRequest,
  type ApiAnswer,
  type ApiCall,
  type Gateway,
  type OwnedService,
} from '../../../../../sandbox/gateway/api';
import { MotoConnection } from '../../../../../sandbox/gateway/moto-connection';
import { operationOf } from '../../../../../sandbox/gateway/protocols/operation';
import { type HttpRequest, readRequest } from '../../../../../sandbox/gateway/protocols/request';
import { signatureScopeOf } from '../../../../../sandbox/gateway/protocols/signature';

/** A gateway in front of moto that lets everybody in: it knows accounts by access key, and nothing else. */
export interface OpenGateway extends Gateway {
  /** Decides the questions to `authorize`; by default everything is allowed. */
  decide: (request: AccessRequest) => boolean;
  /** Roles that a service cannot take. */
  readonly untakable: Set<string>;
}

export async function openGateway(motoEndpoint: string): Promise<OpenGateway> {
  const moto = new MotoConnection(motoEndpoint);
  const owned = new Map<string, OwnedService>();
  const listeners = new Set<(call: ApiCall, answer: ApiAnswer) => void | Promise<void>>();
  const server = createServer((message, response) => {
    handle(message).then(
      (answer) => response.writeHead(answer.status, answer.headers).end(answer.body),
      // A test may end while the service still reads something that is gone.
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  async function handle(message: Parameters<typeof readRequest>[0]): Promise<ApiAnswer> {
    const request = await readRequest(message);
    const call = callOf(request);
    const handler = owned.get(call.service);
    const answer = handler ? await handler(call) : await moto.send(call);
    if (answer.status < 300) for (const listener of listeners) await listener(call, answer);
    return answer;
  }

  const gateway: OpenGateway = {
    port,
    endpoint: `http://127.0.0.1:${port}`,
    decide: () => true,
    untakable: new Set(),
    own: (service, handler) => owned.set(service, handler),
    host: () => {},
    afterCall(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    afterRefusal: () => () => {},
    administratorOf: (accountId) => ({ accessKeyId: accountId, secretAccessKey: 'secret' }),
    administratorSession: (accountId) => ({ accessKeyId: accountId, secretAccessKey: 'secret' }),
    async serviceSession(_service, roleArn) {
      if (gateway.untakable.has(roleArn))
        throw new AccessDeniedError(`${roleArn} does not trust the service`);
      return { accessKeyId: roleArn, secretAccessKey: 'secret' };
    },
    principalOf: (roleArn) => ({
      kind: 'role',
      accountId: roleArn.split(':')[4] ?? '',
      arn: `arn:aws:sts::${roleArn.split(':')[4]}:assumed-role/recorder/check`,
      roleArn,
    }),
    isRegionEnabled: () => true,
    authorize: (request) => ({ allowed: gateway.decide(request), reason: 'as the test says' }),
    setResourcePolicy: () => {},
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      moto.close();
    },
  };
  return gateway;
}

function callOf(request: HttpRequest): ApiCall {
  const scope = signatureScopeOf(request);
  if (scope === undefined) throw new Error('The request is not signed');
  return {
    ...operationOf(request, scope.signingName),
    region: scope.region,
    principal: {
      kind: 'account',
      accountId: scope.accessKeyId,
      arn: `arn:aws:iam::${scope.accessKeyId}:root`,
    },
    accountId: scope.accessKeyId,
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: request.body,
  };
}
