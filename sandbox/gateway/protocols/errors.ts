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

/** The dialects of AWS in which a request may ask, as far as they decide how an error is written. */
export type Dialect = 'json' | 'query' | 'rest';

/** A code, and the HTTP status that goes with it. */
export interface CodeWithStatus {
  code: string;
  status: number;
}

/** How a service's errors differ from those of most services. */
export interface ServiceErrors {
  /** Whether it answers in XML who asks in neither JSON nor the query protocol. Default: in JSON. */
  readonly speaksXml?: true;
  /**
   * Writes an error's XML. Default: an `ErrorResponse`.
   * @param error its `Code` and `Message`, as elements
   */
  readonly xml?: (error: string, requestId: string) => string;
  /** Headers that go with an error in JSON. */
  readonly jsonHeaders?: (error: ApiError) => Record<string, string>;
  /** Who may not. Default: `AccessDeniedException`, 400. */
  readonly denied?: CodeWithStatus;
  /** Who asks for what AWS does not have. Default: `InvalidAction` or `UnknownOperationException`, 400. */
  readonly notDone?: CodeWithStatus;
  /** Who calls with a key that was never issued. Default: `UnrecognizedClientException`, 400. */
  readonly unknownKey?: CodeWithStatus & { message?: string };
  /** The code for a session that is over. Default: `ExpiredTokenException`. */
  readonly expired?: string;
}

/** How services of the query protocol refuse a key that was never issued. https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
export const invalidClientToken: CodeWithStatus = { code: 'InvalidClientTokenId', status: 403 };
