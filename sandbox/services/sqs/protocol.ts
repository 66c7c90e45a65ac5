import type { Protocol } from '../service';
import { queueNamed } from './queue-url';

/** SQS speaks JSON and the query protocol; a queue's URL names its account. */
export const protocol: Protocol = {
  accountOf({ operation, parameters, request, callerAccountId }) {
    return queueNamed(operation, parameters, request.url, callerAccountId)?.accountId ?? callerAccountId;
  },
  errors: {
    speaksXml: true,
    // SDKs take SQS's older error codes from here: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#x-amzn-query-error
    jsonHeaders: ({ code }) => ({ 'x-amzn-query-error': `${code};Sender` }),
    denied: { code: 'AccessDenied', status: 403 },
  },
};
