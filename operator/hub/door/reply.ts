import * as z from 'zod/mini';
import { type OrderAnswer, orderAnswerSchema, orderWorkingSchema } from '../../../core/order';
import { parsedJson } from '../../../core/parsed-json';
import { DoorError } from './door-error';
import type { HttpAnswer } from './signed-posts';

/** What an answer to an order means. */
export type DoorReply =
  | { answer: OrderAnswer }
  /** The hub did not take it, and says why. */
  | { refused: OrderAnswer }
  /** It is to be sent again, with the same key; the error says why, should there be no time for that. */
  | { again: DoorError; mayBeTaken: boolean }
  /** API Gateway did not let it through. */
  | { stopped: DoorError }
  /** Whatever answered, it was nothing that this version understands. */
  | { strange: string };

const messageSchema = z.object({
  message: z.optional(z.nullable(z.string())),
  Message: z.optional(z.nullable(z.string())),
});

/**
 * What an answer to an order means. The hub's function answers with an order's answer, API Gateway itself with a message, and its
 * error's code in a header: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export function replyOf({ status, headers, body }: HttpAnswer): DoorReply {
  const value = parsedJson(body);
  if (status === 202 && orderWorkingSchema.safeParse(value).success)
    return again('OrderWorking', 'The hub still works on it.', status, true);
  const answer = orderAnswerSchema.safeParse(value);
  if (answer.success) {
    if (status === 200) return { answer: answer.data };
    if (status >= 400 && status < 500 && status !== 429) return { refused: answer.data };
  }
  const text = answer.success ? answer.data.text : messageOf(value);
  const code = headers['x-amzn-errortype']?.replace(/[:;].*$/, '');
  if (status === 429) return again(code ?? 'TooManyRequestsException', text, status, false);
  // The function may have taken it before it, or API Gateway, ended.
  if (status >= 500) return again(code ?? `status ${status}`, text, status, true);
  if (status >= 400 && !answer.success && typeof value === 'object')
    return { stopped: new DoorError(code ?? byStatus[status] ?? `status ${status}`, text, status) };
  const issues = answer.success ? [] : answer.error.issues;
  return { strange: issues.map(({ path }) => path.join('.') || 'the whole').join(', ') };
}

const byStatus: Readonly<Record<number, string>> = { 403: 'AccessDeniedException' };

function again(code: string, text: string, status: number, mayBeTaken: boolean): DoorReply {
  return { again: new DoorError(code, text, status), mayBeTaken };
}

function messageOf(value: unknown): string {
  const parsed = messageSchema.safeParse(value);
  return (parsed.success && (parsed.data.message ?? parsed.data.Message)) || 'It said nothing more.';
}
