import { parseLambdaOperation } from '../../services/lambda/protocol';
import { parseS3Operation } from '../../services/s3/protocol';
import { parseS3ControlOperation } from '../../services/s3-control/protocol';
import { ApiError, type Dialect } from './errors';
import { parseJsonBody } from './json';
import { asksByQuery, parseQuery } from './query';
import type { HttpRequest } from './request';

/** What a request asks for. */
export interface Operation {
  /** Endpoint prefix; see `ApiCall.service`. */
  service: string;
  /** AWS's name of the operation; for a REST service that the gateway does not know, method and path. */
  operation: string;
  parameters: Record<string, unknown>;
}

/** Services whose signing name is not the name that IAM and this sandbox use. */
const serviceNames: Readonly<Record<string, string>> = {
  monitoring: 'cloudwatch',
};

/** The service that a signing name stands for; see `ApiCall.service`. */
export function serviceOf(signingName: string): string {
  return (Object.hasOwn(serviceNames, signingName) && serviceNames[signingName]) || signingName;
}

/** The dialect in which a request asks. An object of S3 may be JSON, which says nothing of the request. */
export function dialectOf(request: HttpRequest, service: string): Dialect {
  if (request.headers['x-amz-target']) return 'json';
  const type = request.headers['content-type']?.toLowerCase() ?? '';
  if (asksByQuery(request) || type.startsWith('application/x-www-form-urlencoded')) return 'query';
  const isJson = type.includes('json');
  return isJson && service !== 's3' ? 'json' : 'rest';
}

/**
 * Finds out the operation and its parameters, whichever of AWS's protocols the request speaks.
 * @throws ApiError when the request can be read in two ways.
 */
export function operationOf(request: HttpRequest, signingName: string): Operation {
  const service = serviceOf(signingName);
  if (service === 's3') {
    return request.path.startsWith('/v20180820/')
      ? { service: 's3-control', ...parseS3ControlOperation(request) }
      : { service, ...parseS3Operation(request) };
  }
  if (service === 'lambda') return { service, ...parseLambdaOperation(request) };

  const target = request.headers['x-amz-target'];
  const rpc = /^\/service\/[^/]+\/operation\/(\w+)$/.exec(request.path)?.[1];
  const byQuery = asksByQuery(request);
  if (byQuery && (target || rpc)) {
    throw new ApiError('InvalidParameterCombination', 'The request names its operation in two ways.');
  }
  if (target) {
    return {
      service,
      operation: target.split('.').at(-1) ?? target,
      parameters: parseJsonBody(request.body),
    };
  }
  if (rpc) return { service, operation: rpc, parameters: {} };

  const { Action: action, ...parameters } = byQuery ? parseQuery(request) : {};
  if (typeof action === 'string') return { service, operation: action, parameters };
  return { service, operation: `${request.method} ${request.path}`, parameters: {} };
}
