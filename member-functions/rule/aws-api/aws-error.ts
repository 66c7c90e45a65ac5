/** An answer of AWS, whole. */
export interface AwsAnswer {
  status: number;
  /** By their names in small letters. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

/**
 * Thrown when AWS refuses a call. `name` and `message` are AWS's; the name is `UnknownError` where the answer has none. What the SDK's
 * retries go by stands under the names that they look for.
 */
export class AwsError extends Error {
  readonly $metadata: { httpStatusCode: number; requestId?: string };
  readonly $response: { statusCode: number; headers: Readonly<Record<string, string>> };

  constructor({ status, headers, body }: AwsAnswer) {
    const { __type, message, Message } = objectIn(body);
    super(firstText(message, Message) ?? `AWS answered with the status ${status}`);
    this.name = nameIn(firstText(headers['x-amzn-errortype'], __type)) ?? 'UnknownError';
    const requestId = headers['x-amzn-requestid'];
    this.$metadata = { httpStatusCode: status, ...(requestId !== undefined && { requestId }) };
    this.$response = { statusCode: status, headers };
  }
}

function objectIn(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // A load balancer before the service answers in HTML.
    return {};
  }
}

function firstText(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '');
}

/**
 * The error's name without its namespace and the address that may follow it:
 * https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization
 */
function nameIn(type: string | undefined): string | undefined {
  return type?.split(':')[0]?.split('#').at(-1) || undefined;
}
