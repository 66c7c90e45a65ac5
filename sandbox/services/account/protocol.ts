import { parseJsonBody } from '../../gateway/protocols/json';
import type { Protocol } from '../service';

/**
 * AWS Account Management is a REST service whose paths are named after its operations: `POST /listRegions`.
 * https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html
 */
export const protocol: Protocol = {
  read: ({ path, body }) => ({
    operation: `${path.charAt(1).toUpperCase()}${path.slice(2)}`,
    parameters: parseJsonBody(body),
  }),
  accountOf({ parameters, callerAccountId }) {
    return typeof parameters.AccountId === 'string' ? parameters.AccountId : callerAccountId;
  },
};
