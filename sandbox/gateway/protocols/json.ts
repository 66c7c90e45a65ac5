import { ApiError } from './errors';

/**
 * Parameters of an AWS JSON request; empty when the body is.
 * @throws ApiError when it holds anything but a JSON object: moto takes some for one, such as numbers that are none
 */
export function parseJsonBody(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // What is no JSON is refused as what is no object.
  }
  throw new ApiError('SerializationException', 'The body is no JSON object.');
}

/**
 * AWS JSON as moto may get it. moto looks for `Action=` in it as well, and would follow one that stands in a text, such as a
 * message's, instead of the operation that was allowed. Escaped, it means the same in JSON.
 */
export function jsonForMoto(text: string): Buffer {
  return Buffer.from(text.replaceAll('&', '\\u0026').replaceAll('=', '\\u003d'));
}
