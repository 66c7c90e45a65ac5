import * as z from 'zod/mini';

const responseSchema = z.nullable(
  z.object({
    batchItemFailures: z.optional(z.nullable(z.array(z.object({ itemIdentifier: z.string() })))),
  }),
);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Which messages of a batch failed, by a function's answer, as Lambda reads it under ReportBatchItemFailures. An empty or
 * null answer or list is a complete success. An answer of another form, an identifier that is empty, null, under
 * another key, or not of this batch, is a complete failure:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 *
 * @param payload JSON text that the function answered
 * @param messageIds ids of the batch
 */
export function failedMessageIds(payload: string, messageIds: readonly string[]): string[] {
  const response = responseSchema.safeParse(parseJson(payload));
  if (!response.success) return [...messageIds];
  const failed = (response.data?.batchItemFailures ?? []).map((failure) => failure.itemIdentifier);
  return failed.every((id) => messageIds.includes(id)) ? [...new Set(failed)] : [...messageIds];
}
