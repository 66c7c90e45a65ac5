import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a test's own API Gateway got. */
export interface TakenRequest {
  /** Whose signature it has. */
  accessKeyId: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What it answers; `lost` takes the request and answers nothing. */
export type ApiAnswer = { status: number; body: unknown; errorType?: string } | 'lost';

/** An API Gateway on this machine, as far as a client sees it. */
export interface OrdersApi {
  url: string;
  /** Those whose signature was right. */
  taken: TakenRequest[];
  answer: (request: TakenRequest) => ApiAnswer | Promise<ApiAnswer>;
  stop: () => void;
}

/** What signs requests. */
export interface Signer {
  accessKeyId: string;
  secretAccessKey: string;
}

/**
 * Starts one that takes what is signed with these credentials for the service and Region, and refuses all else as API Gateway does:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export async function startOrdersApi(
  signers: readonly Signer[],
  { service = 'execute-api', region = 'eu-west-1' } = {},
): Promise<OrdersApi> {
  const server = createServer(async (request, response) => {
    const taken = await takenOf(request);
    const refusal = whyRefused(request, taken.body, signers, `${region}/${service}`);
    if (!refusal) api.taken.push(taken);
    const answer = refusal ?? (await api.answer(taken));
    if (answer === 'lost') return void request.socket.destroy();
    const type = answer.errorType && { 'x-amzn-errortype': answer.errorType };
    const { body } = answer;
    response
      .writeHead(answer.status, { 'content-type': 'application/json', ...type })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const api: OrdersApi = {
    url: '',
    taken: [],
    answer: () => ({ status: 200, body: { version: 2, done: true, text: 'Done.' } }),
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  api.url = `http://127.0.0.1:${portOf(server)}/staunch/orders`;
  return api;
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
  return address.port;
}

async function takenOf(request: IncomingMessage): Promise<TakenRequest> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  const [, accessKeyId = ''] = /Credential=([^/]+)/.exec(request.headers.authorization ?? '') ?? [];
  return {
    accessKeyId,
    path: request.url ?? '',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(parts).toString('utf8'),
  };
}

/** @returns undefined where the signature is right */
function whyRefused(
  request: IncomingMessage,
  body: string,
  signers: readonly Signer[],
  scope: string,
): ApiAnswer | undefined {
  const { authorization = '' } = request.headers;
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/(.+)\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/;
  const [, keyId, day = '', signedScope, names = '', signature] = pattern.exec(authorization) ?? [];
  if (keyId === undefined)
    return refused('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const signer = signers.find(({ accessKeyId }) => accessKeyId === keyId);
  if (!signer)
    return refused('UnrecognizedClientException', 'The security token included in the request is invalid.');
  const isWhole = ['host', 'x-amz-date', 'x-amz-content-sha256'].every((name) =>
    names.split(';').includes(name),
  );
  const { secretAccessKey } = signer;
  const expected = signatureOf(request, { body, names, day, scope, secretAccessKey });
  if (signedScope === scope && isWhole && signature === expected) return undefined;
  return refused(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided.',
  );
}

function refused(errorType: string, message: string): ApiAnswer {
  return { status: 403, errorType, body: { message } };
}

/** By AWS's own words: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function signatureOf(
  { url = '', headers }: IncomingMessage,
  signed: { body: string; names: string; day: string; scope: string; secretAccessKey: string },
): string {
  const { body, names, day, scope, secretAccessKey } = signed;
  const canonical = [
    'POST',
    url,
    '',
    ...names.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    createHash('sha256').update(body).digest('hex'),
  ].join('\n');
  const text = [
    'AWS4-HMAC-SHA256',
    String(headers['x-amz-date']),
    `${day}/${scope}/aws4_request`,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const key = [day, ...scope.split('/'), 'aws4_request'].reduce<Buffer | string>(
    (previous, part) => createHmac('sha256', previous).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  return createHmac('sha256', key).update(text).digest('hex');
}
