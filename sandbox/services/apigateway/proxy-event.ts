import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Signer } from '../../gateway/api';
import type { HttpRequest } from '../../gateway/protocols/request';
import { requestTimeOf } from './access-log';

/** Everything reaches the sandbox from this machine. */
export const sourceIp = '127.0.0.1';

/** What a function's event says of a request, beside what the request itself has. */
export interface ProxiedRequest {
  /** Account of the API, and its Region. */
  accountId: string;
  region: string;
  apiId: string;
  stage: string;
  deploymentId: string;
  resourceId: string;
  /** `/orders` */
  resourcePath: string;
  requestId: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Absent where nobody is asked who he is. */
  caller?: { signer: Signer; accessKeyId: string };
  /** Of the caller's account; absent for none. */
  organizationId?: string;
}

/**
 * The event of a Lambda proxy integration. A signature of IAM's is left out of the headers.
 * - https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 * - https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function proxyEvent(request: HttpRequest, proxied: ProxiedRequest): APIGatewayProxyEvent {
  const { method, body } = request;
  const { resourcePath } = proxied;
  const headers = headersOf(request, proxied);
  const query = [...new Set(request.query.keys())];
  const hasQuery = query.length > 0;
  return {
    resource: resourcePath,
    path: resourcePath,
    httpMethod: method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: hasQuery
      ? Object.fromEntries(query.map((name) => [name, request.query.getAll(name).at(-1)]))
      : null,
    multiValueQueryStringParameters: hasQuery
      ? Object.fromEntries(query.map((name) => [name, request.query.getAll(name)]))
      : null,
    pathParameters: null,
    stageVariables: null,
    requestContext: requestContextOf(request, proxied, headers.Host),
    body: body.length === 0 ? null : body.toString('utf8'),
    isBase64Encoded: false,
  };
}

function requestContextOf(request: HttpRequest, proxied: ProxiedRequest, domainName: string) {
  const { accountId, apiId, stage, resourcePath, requestId, at } = proxied;
  return {
    accountId,
    apiId,
    authorizer: undefined,
    deploymentId: proxied.deploymentId,
    domainName,
    domainPrefix: apiId,
    extendedRequestId: requestId.slice(0, 15),
    httpMethod: request.method,
    identity: identityOf(request, proxied),
    path: `/${stage}${resourcePath}`,
    protocol: 'HTTP/1.1',
    requestId,
    requestTime: requestTimeOf(at),
    requestTimeEpoch: at,
    resourceId: proxied.resourceId,
    resourcePath,
    stage,
  };
}

function headersOf({ headers }: HttpRequest, { apiId, region, requestId }: ProxiedRequest) {
  const { authorization: _, host: __, connection: ___, 'content-length': ____, ...sent } = headers;
  return {
    ...sent,
    Host: `${apiId}.execute-api.${region}.amazonaws.com`,
    'X-Amzn-Trace-Id': `Root=1-${requestId.slice(0, 8)}-${requestId.replaceAll('-', '').slice(8)}`,
    'X-Forwarded-For': sourceIp,
    'X-Forwarded-Port': '443',
    'X-Forwarded-Proto': 'https',
  };
}

/**
 * Who calls, as IAM has verified it: of a role's session `caller` and `user` are the role's id and the session's name, of the root
 * user the account's id. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
function identityOf(
  { headers }: HttpRequest,
  { caller, organizationId }: ProxiedRequest,
): APIGatewayProxyEvent['requestContext']['identity'] {
  const { principal, userId = null } = caller?.signer ?? {};
  return {
    accessKey: caller?.accessKeyId ?? null,
    accountId: principal?.accountId ?? null,
    apiKey: null,
    apiKeyId: null,
    caller: userId,
    clientCert: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: organizationId ?? null,
    sourceIp,
    user: userId,
    userAgent: headers['user-agent'] ?? null,
    userArn: principal?.arn ?? null,
  };
}
