import { randomUUID } from 'node:crypto';
import { serviceNamed } from '../../services/registry';
import type { ApiAnswer, Refusal } from '../api';
import { ApiError, type Dialect, type ServiceErrors } from './errors';
import { escapeXml } from './xml';

/** Services that speak XML, and of which the sandbox knows nothing else. */
const othersInXml = new Set(['autoscaling', 'elasticloadbalancing', 'rds']);

/** How a service's errors differ from those of most services. */
export function errorsOf(service: string): ServiceErrors {
  return serviceNamed(service)?.protocol?.errors ?? (othersInXml.has(service) ? { speaksXml: true } : {});
}

/**
 * Writes an error in the protocol that the service speaks. A service that speaks several, such as SQS, is answered in the
 * dialect in which it was asked. https://smithy.io/2.0/aws/protocols/index.html
 */
export function errorAnswer(error: ApiError, service: string, dialect: Dialect): ApiAnswer {
  const requestId = randomUUID();
  const { code, message, status } = error;
  const { speaksXml, xml = errorResponse, jsonHeaders } = errorsOf(service);
  if (dialect === 'query' || (dialect === 'rest' && speaksXml)) {
    const elements = `<Code>${code}</Code><Message>${escapeXml(message)}</Message>`;
    return {
      status,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
      body: xml(elements, requestId),
    };
  }
  return {
    status,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': code,
      ...jsonHeaders?.(error),
    },
    body: JSON.stringify({ __type: code, message, Message: message }),
  };
}

function errorResponse(error: string, requestId: string): string {
  return `<?xml version="1.0"?>\n<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}

/** The error that an answer holds, in whatever protocol; undefined where it holds none, as that of a HEAD request. */
export function refusalIn({ body }: ApiAnswer): Refusal | undefined {
  const text = body.toString();
  const code =
    /<Code>([\w.:-]+)<\/Code>/.exec(text)?.[1] ?? /"__type"\s*:\s*"(?:[^"]*#)?([\w.:-]+)"/.exec(text)?.[1];
  if (code === undefined) return undefined;
  const message =
    /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? /"[mM]essage"\s*:\s*"([^"]*)"/.exec(text)?.[1];
  return { code, message: message ?? '' };
}

/** The error with which a service says that access was denied. */
export function denialOf(service: string, message: string): ApiError {
  const { code, status } = errorsOf(service).denied ?? { code: 'AccessDeniedException', status: 400 };
  return new ApiError(code, message, status);
}

/**
 * The error that AWS gives to who asks for what it does not have. No SDK tries it again.
 * - https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 * - https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * - https://docs.aws.amazon.com/awssupport/latest/user/common-errors.html
 */
export function notDoneHere(service: string, dialect: Dialect, message: string): ApiError {
  const { notDone } = errorsOf(service);
  if (notDone) return new ApiError(notDone.code, message, notDone.status);
  return new ApiError(dialect === 'query' ? 'InvalidAction' : 'UnknownOperationException', message);
}

/** The error that AWS gives to who does not say who it is: S3 lets anonymous callers ask, and refuses them. */
export function notSigned(dialect: Dialect): ApiError {
  const message = 'Request is missing Authentication Token';
  if (dialect === 'json') return new ApiError('MissingAuthenticationTokenException', message, 400);
  if (dialect === 'query') return new ApiError('MissingAuthenticationToken', message, 403);
  return new ApiError('AccessDenied', 'Access Denied', 403);
}
