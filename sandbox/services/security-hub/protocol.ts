import { parseJsonBody } from '../../gateway/protocols/json';
import type { HttpRequest } from '../../gateway/protocols/request';
import type { Operation, Protocol } from '../service';

const operations: Readonly<Record<string, string>> = {
  'POST /findings': 'GetFindings',
  'POST /findings/import': 'BatchImportFindings',
};

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Operations.html */
function read({ method, path, body }: HttpRequest): Omit<Operation, 'service'> {
  const route = `${method} ${path}`;
  const operation = operations[route];
  return operation === undefined
    ? { operation: route, parameters: {} }
    : { operation, parameters: parseJsonBody(body) };
}

/** Security Hub is REST, with JSON. */
export const protocol: Protocol = {
  read,
  errors: { denied: { code: 'AccessDeniedException', status: 403 } },
};
