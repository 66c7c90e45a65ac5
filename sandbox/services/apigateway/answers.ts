import type { ApiAnswer } from '../../gateway/api';

/**
 * An answer that API Gateway gives by itself, before or in place of the integration's. The words are those of its gateway responses:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export class GatewayResponse extends Error {
  override readonly name = 'GatewayResponse';

  constructor(
    readonly status: number,
    /** `$context.error.responseType` in the access log. */
    readonly responseType: string,
    /** `x-amzn-errortype` of the answer. */
    readonly errorType: string,
    /** Under `message` in the body; as a denial under `Message`. */
    message: string,
  ) {
    super(message);
  }

  /** As it goes to the caller. */
  answer(requestId: string): ApiAnswer {
    const key = this.errorType === 'AccessDeniedException' ? 'Message' : 'message';
    return {
      status: this.status,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': requestId,
        'x-amzn-errortype': this.errorType,
      },
      body: JSON.stringify({ [key]: this.message }),
    };
  }
}

/** To who has no signature, and to who asks for what the API does not have. */
export function missingToken(): GatewayResponse {
  return new GatewayResponse(
    403,
    'MISSING_AUTHENTICATION_TOKEN',
    'MissingAuthenticationTokenException',
    'Missing Authentication Token',
  );
}

/** To who asks for a stage that the API does not have. */
export function forbidden(): GatewayResponse {
  return new GatewayResponse(403, 'DEFAULT_4XX', 'ForbiddenException', 'Forbidden');
}

/** To whose `Authorization` header cannot be read. */
export function incompleteSignature(message: string): GatewayResponse {
  return new GatewayResponse(403, 'DEFAULT_4XX', 'IncompleteSignatureException', message);
}

/** To whose signature is not that of his request, now and here. */
export function invalidSignature(message: string): GatewayResponse {
  return new GatewayResponse(403, 'INVALID_SIGNATURE', 'InvalidSignatureException', message);
}

/** To whose key was never issued, or whose token does not belong to it. */
export function invalidToken(): GatewayResponse {
  return new GatewayResponse(
    403,
    'DEFAULT_4XX',
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  );
}

/** To whose session is over. */
export function expiredToken(): GatewayResponse {
  return new GatewayResponse(
    403,
    'EXPIRED_TOKEN',
    'ExpiredTokenException',
    'The security token included in the request is expired',
  );
}

/** To who may not. */
export function accessDenied(message: string): GatewayResponse {
  return new GatewayResponse(403, 'ACCESS_DENIED', 'AccessDeniedException', message);
}

/** To everybody while there are too many. */
export function tooManyRequests(): GatewayResponse {
  return new GatewayResponse(429, 'THROTTLED', 'TooManyRequestsException', 'Too Many Requests');
}

/** To whose body is larger than API Gateway takes. */
export function requestTooLarge(): GatewayResponse {
  return new GatewayResponse(413, 'REQUEST_TOO_LARGE', 'RequestTooLargeException', 'Request Too Long');
}

/** To whose body is not what the method's model says. */
export function badRequestBody(): GatewayResponse {
  return new GatewayResponse(400, 'BAD_REQUEST_BODY', 'BadRequestException', 'Invalid request body');
}

/** Where the function failed, or answered what is no answer. */
export function badGateway(): GatewayResponse {
  return new GatewayResponse(502, 'DEFAULT_5XX', 'InternalServerErrorException', 'Internal server error');
}

/** Where the function could not be invoked. */
export function integrationFailure(): GatewayResponse {
  return new GatewayResponse(
    500,
    'API_CONFIGURATION_ERROR',
    'InternalServerErrorException',
    'Internal server error',
  );
}

/** Where the function takes longer than the integration may. */
export function integrationTimeout(): GatewayResponse {
  return new GatewayResponse(
    504,
    'INTEGRATION_TIMEOUT',
    'InternalServerErrorException',
    'Endpoint request timed out',
  );
}
