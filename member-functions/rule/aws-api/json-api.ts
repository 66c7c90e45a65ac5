import { HttpRequest } from '@smithy/core/protocols';
import { retryMiddleware, StandardRetryStrategy } from '@smithy/core/retry';
import { Hash } from '@smithy/core/serde';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { requiredVariable } from '../../../core/environment';
import { type AwsAnswer, AwsError } from './aws-error';
import { endpointOf, type JsonApi } from './endpoint';

/**
 * Calls an operation of one service, with its input as AWS's JSON has it, and answers AWS's JSON.
 * @throws AwsError when AWS refuses; Error where there is no connection, no answer in time, or one that cannot be read
 */
export type AwsCall = (operation: string, input: object) => Promise<unknown>;

/** How patient a call is; times in milliseconds. */
export interface CallPatience {
  connectionTimeout: number;
  /** Until the answer begins, and between two of its parts. */
  requestTimeout: number;
  retries: StandardRetryStrategy;
}

/** As often as the SDKs try: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
const attempts = 3;

/** Three such calls and their pauses end within the five minutes of the function. */
const patience = (): CallPatience => ({
  connectionTimeout: 3_100,
  requestTimeout: 30_000,
  retries: new StandardRetryStrategy(attempts),
});

/**
 * What calls a service of AWS: signed with the function's credentials as the environment has them at that time, and tried again
 * by the SDK's own rules, with its pauses, after throttling, 5xx and faults of the network. It is built on parts of the SDK, without
 * its client, which takes longer to load than everything else of the function.
 * @throws MissingVariableError when the environment does not have the suffix of AWS's domain names
 */
export function jsonApi(
  api: JsonApi,
  region: string,
  { connectionTimeout, requestTimeout, retries }: CallPatience = patience(),
): AwsCall {
  const endpoint = endpointOf(api, region, requiredVariable('URL_SUFFIX'), process.env);
  const connections = new NodeHttpHandler({
    connectionTimeout,
    requestTimeout,
    socketTimeout: requestTimeout,
    throwOnRequestTimeout: true,
  });
  const signer = new SignatureV4({
    service: api.endpointPrefix,
    region,
    sha256: Hash.bind(null, 'sha256'),
    credentials: async () => credentialsNow(),
  });
  const retrying = retryMiddleware({ maxAttempts: async () => attempts, retryStrategy: async () => retries });
  return async (operation, input) => {
    const request = requestOf(api, endpoint, operation, input);
    const attempt = async () => {
      const { response } = await connections.handle(new HttpRequest(await signer.sign(request)));
      const { statusCode: status, headers } = response;
      const answer = { status, headers, body: await textOf(response.body) };
      return { response, output: { $metadata: {}, answer: understood(answer) } };
    };
    const { output } = await retrying<Awaited<ReturnType<typeof attempt>>['output']>(
      attempt,
      {},
    )({ input, request });
    return output.answer;
  };
}

function credentialsNow() {
  const sessionToken = process.env.AWS_SESSION_TOKEN;
  return {
    accessKeyId: requiredVariable('AWS_ACCESS_KEY_ID'),
    secretAccessKey: requiredVariable('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken && { sessionToken }),
  };
}

function requestOf(
  { target, protocol }: JsonApi,
  { protocol: scheme, hostname, host, port, pathname }: URL,
  operation: string,
  input: object,
): HttpRequest {
  const body = JSON.stringify(input);
  return new HttpRequest({
    method: 'POST',
    protocol: scheme,
    hostname,
    ...(port !== '' && { port: Number(port) }),
    path: pathname,
    headers: {
      host,
      'content-type': `application/x-amz-json-${protocol}`,
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'staunch',
      'x-amz-target': `${target}.${operation}`,
    },
    body,
  });
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function understood(answer: AwsAnswer): unknown {
  if (answer.status >= 300) throw new AwsError(answer);
  return answer.body === '' ? {} : JSON.parse(answer.body);
}
