import { cut } from '../../core/cut';
import { type OrderRequest, orderSchema, orderVersion } from '../../core/order';
import { parsedJson } from '../../core/parsed-json';

/** More than any order takes; characters. */
const longestBody = 65_536;
/** So much of a claimed name is logged. */
const shownCharacters = 300;

/** The body of a request, as API Gateway hands it over. */
export interface RequestBody {
  body?: string | null;
  isBase64Encoded?: boolean;
}

/** What a request asks for, or what is wrong with it, for people. */
export type ParsedRequest =
  | {
      request: OrderRequest;
      /** Who the sender says that he is. It counts for nothing. */
      claimed?: string;
    }
  | { malformed: string };

/** Reads the body of a request. It may be anything; nothing is thrown. */
export function parseRequest({ body, isBase64Encoded }: RequestBody): ParsedRequest {
  if (typeof body !== 'string' || body === '') return { malformed: 'There is no order in the request.' };
  if (body.length > longestBody)
    return { malformed: `The request is longer than any order: ${body.length} characters.` };
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  const value = parsedJson(text);
  if (typeof value !== 'object' || value === null) return { malformed: 'The request is no JSON object.' };
  if ('version' in value && typeof value.version === 'number' && value.version !== orderVersion)
    return {
      malformed: `The order is of version ${value.version}, and the hub takes version ${orderVersion}. Use the command line of the hub's version.`,
    };
  const parsed = orderSchema.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => path.join('.') || 'the whole').join(', ');
    return { malformed: `The order cannot be understood; look at ${cut(where, shownCharacters)}.` };
  }
  const claimed = 'by' in value ? cut(jsonText(value.by), shownCharacters) : undefined;
  return { request: parsed.data, ...(claimed !== undefined && { claimed }) };
}

/** Text nests as deep as it likes, and is read so; written, that overflows the stack. */
function jsonText(value: unknown): string {
  try {
    return String(JSON.stringify(value));
  } catch {
    return 'something that cannot be shown';
  }
}
