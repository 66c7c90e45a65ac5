import type { HttpRequest } from '../../gateway/protocols/request';
import { parseXml } from '../../gateway/protocols/xml';
import type { Operation, Protocol } from '../service';

const pathPrefix = '/v20180820/';
const path = `${pathPrefix}configuration/publicAccessBlock`;
const operations: Readonly<Record<string, string>> = {
  GET: 'GetPublicAccessBlock',
  PUT: 'PutPublicAccessBlock',
  DELETE: 'DeletePublicAccessBlock',
};

/**
 * Finds an S3 Control operation. The account stands in a header, and before the host, where SDKs put it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html
 */
function read(request: HttpRequest): Omit<Operation, 'service'> {
  const accountId =
    request.headers['x-amz-account-id'] ?? /^(\d{12})\./.exec(request.headers.host ?? '')?.[1];
  const operation = request.path === path ? operations[request.method] : undefined;
  return {
    operation: operation ?? `${request.method} ${request.path}`,
    parameters: { ...(accountId && { AccountId: accountId }), ...parseXml(request.body) },
  };
}

/** S3 Control signs as S3 does. */
export const protocol: Protocol = {
  signingName: 's3',
  pathPrefix,
  read,
  accountOf({ parameters, callerAccountId }) {
    const { AccountId: accountId } = parameters;
    return typeof accountId === 'string' && accountId !== '' ? accountId : callerAccountId;
  },
  errors: {
    speaksXml: true,
    denied: { code: 'AccessDenied', status: 403 },
    notDone: { code: 'NotImplemented', status: 501 },
  },
};
