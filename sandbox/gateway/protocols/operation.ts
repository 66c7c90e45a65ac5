import { serviceNamed, serviceSignedAs } from '../../services/registry';
import type { Operation } from '../../services/service';
import { ApiError, type Dialect } from './errors';
import { parseJsonBody } from './json';
import { asksByQuery, parseQuery } from './query';
import type { HttpRequest } from './request';

/** The dialect in which a request asks. */
export function dialectOf(request: HttpRequest, service: string): Dialect {
  if (request.headers['x-amz-target']) return 'json';
  const type = request.headers['content-type']?.toLowerCase() ?? '';
  if (asksByQuery(request) || type.startsWith('application/x-www-form-urlencoded')) return 'query';
  const isJson = type.includes('json');
  return isJson && !serviceNamed(service)?.protocol?.carriesData ? 'json' : 'rest';
}

/**
 * Finds out the operation and its parameters, whichever of AWS's protocols the request speaks.
 * @throws ApiError when the request can be read in two ways.
 */
export function operationOf(request: HttpRequest, signingName: string): Operation {
  const service = serviceSignedAs(signingName, request.path);
  const { read } = serviceNamed(service)?.protocol ?? {};
  if (read) return { service, ...read(request) };

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
