import { parseJsonBody } from '../../gateway/protocols/json';
import { refuseRepeated } from '../../gateway/protocols/repeated';
import type { HttpRequest } from '../../gateway/protocols/request';
import type { Operation, Protocol } from '../service';

const routes: readonly { method: string; path: RegExp; operation: string }[] = [
  { method: 'POST', path: /^\/2015-03-31\/functions\/([^/]+)\/invocations$/, operation: 'Invoke' },
  { method: 'POST', path: /^\/2015-03-31\/functions\/?$/, operation: 'CreateFunction' },
  { method: 'GET', path: /^\/2015-03-31\/functions\/?$/, operation: 'ListFunctions' },
  { method: 'GET', path: /^\/2015-03-31\/functions\/([^/]+)$/, operation: 'GetFunction' },
  { method: 'DELETE', path: /^\/2015-03-31\/functions\/([^/]+)$/, operation: 'DeleteFunction' },
  {
    method: 'GET',
    path: /^\/2015-03-31\/functions\/([^/]+)\/configuration$/,
    operation: 'GetFunctionConfiguration',
  },
  {
    method: 'PUT',
    path: /^\/2015-03-31\/functions\/([^/]+)\/configuration$/,
    operation: 'UpdateFunctionConfiguration',
  },
  { method: 'POST', path: /^\/2015-03-31\/functions\/([^/]+)\/policy$/, operation: 'AddPermission' },
  { method: 'GET', path: /^\/2015-03-31\/functions\/([^/]+)\/policy$/, operation: 'GetPolicy' },
  { method: 'GET', path: /^\/2015-03-31\/event-source-mappings\/?$/, operation: 'ListEventSourceMappings' },
  { method: 'GET', path: /^\/2016-08-19\/account-settings\/?$/, operation: 'GetAccountSettings' },
  { method: 'POST', path: /^\/2015-03-31\/event-source-mappings\/?$/, operation: 'CreateEventSourceMapping' },
];

/**
 * Finds a Lambda operation by method and path. `Invoke`'s payload is the request's body, and not decoded.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html
 */
function read(request: HttpRequest): Omit<Operation, 'service'> {
  for (const { method, path, operation } of routes) {
    const match = method === request.method ? path.exec(request.path) : null;
    if (!match) continue;
    const functionName = match[1] === undefined ? {} : { FunctionName: match[1] };
    if (operation !== 'Invoke')
      return { operation, parameters: { ...parseJsonBody(request.body), ...functionName } };
    refuseRepeated(request.query.keys());
    const qualifier = request.query.get('Qualifier');
    return {
      operation,
      parameters: {
        ...functionName,
        ...(qualifier && { Qualifier: qualifier }),
        InvocationType: request.headers['x-amz-invocation-type'] ?? 'RequestResponse',
      },
    };
  }
  return { operation: `${request.method} ${request.path}`, parameters: {} };
}

/** Lambda is REST, with JSON. */
export const protocol: Protocol = {
  read,
  errors: { denied: { code: 'AccessDeniedException', status: 403 } },
};
