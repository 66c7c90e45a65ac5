import type { HttpRequest } from '../../gateway/protocols/request';
import { parseXml } from '../../gateway/protocols/xml';

const path = '/v20180820/configuration/publicAccessBlock';
const operations: Readonly<Record<string, string>> = {
  GET: 'GetPublicAccessBlock',
  PUT: 'PutPublicAccessBlock',
  DELETE: 'DeletePublicAccessBlock',
};

/**
 * Finds an S3 Control operation. The account stands in a header, and before the host, where SDKs put it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html
 */
export function parseS3ControlOperation(request: HttpRequest): {
  operation: string;
  parameters: Record<string, unknown>;
} {
  const accountId =
    request.headers['x-amz-account-id'] ?? /^(\d{12})\./.exec(request.headers.host ?? '')?.[1];
  const operation = request.path === path ? operations[request.method] : undefined;
  return {
    operation: operation ?? `${request.method} ${request.path}`,
    parameters: { ...(accountId && { AccountId: accountId }), ...parseXml(request.body) },
  };
}
