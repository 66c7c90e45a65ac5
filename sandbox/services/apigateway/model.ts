import * as z from 'zod';

/** As much of JSON Schema, draft 4, as the sandbox checks a body by: https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html */
export const modelSchema = z.strictObject({
  $schema: z.literal('http://json-schema.org/draft-04/schema#'),
  type: z.literal('object'),
  required: z.array(z.string()).default([]),
  maxProperties: z.int().optional(),
});

/** A model that bodies are checked by. */
export type Model = z.output<typeof modelSchema>;

/** Whether a body is JSON that the model describes. */
export function fits(body: Buffer, { required, maxProperties = Number.POSITIVE_INFINITY }: Model): boolean {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return false;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const names = Object.keys(value);
  return names.length <= maxProperties && required.every((name) => names.includes(name));
}
