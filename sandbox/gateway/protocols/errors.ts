import { randomUUID } from 'node:crypto';
import type { ApiAnswer } from '../api';
import { escapeXml } from './xml';

/** An error that a caller gets as AWS would say it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** AWS's error code. */
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** Services that speak XML; all others speak JSON. */
const xmlServices = new Set([
  'autoscaling',
  'cloudformation',
  'cloudwatch',
  'ec2',
  'elasticloadbalancing',
  'iam',
  'rds',
  's3',
  's3-control',
  'sns',
  'sts',
]);

/** The dialects of AWS in which a request may ask, as far as they decide how an error is written. */
export type Dialect = 'json' | 'query' | 'rest';

/**
 * Writes an error in the protocol that the service speaks. A service that speaks several, such as SQS, is answered in the
 * dialect in which it was asked. https://smithy.io/2.0/aws/protocols/index.html
 */
export function errorAnswer(error: ApiError, service: string, dialect: Dialect): ApiAnswer {
  const requestId = randomUUID();
  const { code, message, status } = error;
  if (dialect === 'query' || (dialect === 'rest' && (xmlServices.has(service) || service === 'sqs'))) {
    return {
      status,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
      body: xmlError(service, code, message, requestId),
    };
  }
  return {
    status,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': code,
      // SDKs take SQS's older error codes from here: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#x-amzn-query-error
      ...(service === 'sqs' && { 'x-amzn-query-error': `${code};Sender` }),
    },
    body: JSON.stringify({ __type: code, message, Message: message }),
  };
}

function xmlError(service: string, code: string, message: string, requestId: string): string {
  const error = `<Code>${code}</Code><Message>${escapeXml(message)}</Message>`;
  const id = `<RequestId>${requestId}</RequestId>`;
  if (service === 's3') return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${error}${id}</Error>`;
  if (service === 'ec2') {
    return `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>${error}</Error></Errors><RequestID>${requestId}</RequestID></Response>`;
  }
  return `<?xml version="1.0"?>\n<ErrorResponse><Error><Type>Sender</Type>${error}</Error>${id}</ErrorResponse>`;
}

/** The code with which each service says that access was denied, with its HTTP status. */
const denials: Readonly<Record<string, { code: string; status: number }>> = {
  ec2: { code: 'UnauthorizedOperation', status: 403 },
  iam: { code: 'AccessDenied', status: 403 },
  lambda: { code: 'AccessDeniedException', status: 403 },
  s3: { code: 'AccessDenied', status: 403 },
  's3-control': { code: 'AccessDenied', status: 403 },
  sns: { code: 'AuthorizationError', status: 403 },
  sqs: { code: 'AccessDenied', status: 403 },
  sts: { code: 'AccessDenied', status: 403 },
};

/** The error with which a service says that access was denied. */
export function denialOf(service: string, message: string): ApiError {
  const known = Object.hasOwn(denials, service) ? denials[service] : undefined;
  const { code, status } = known ?? { code: 'AccessDeniedException', status: 400 };
  return new ApiError(code, message, status);
}

/**
 * The error that AWS gives to who asks for what it does not have. No SDK tries it again.
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 * - https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * - https://docs.aws.amazon.com/awssupport/latest/user/common-errors.html
 */
export function notDoneHere(service: string, dialect: Dialect, message: string): ApiError {
  if (service === 's3' || service === 's3-control') return new ApiError('NotImplemented', message, 501);
  return new ApiError(dialect === 'query' ? 'InvalidAction' : 'UnknownOperationException', message);
}

/** The error that AWS gives to who does not say who it is: S3 lets anonymous callers ask, and refuses them. */
export function notSigned(dialect: Dialect): ApiError {
  const message = 'Request is missing Authentication Token';
  if (dialect === 'json') return new ApiError('MissingAuthenticationTokenException', message, 400);
  if (dialect === 'query') return new ApiError('MissingAuthenticationToken', message, 403);
  return new ApiError('AccessDenied', 'Access Denied', 403);
}
