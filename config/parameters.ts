import * as z from 'zod/mini';
import type { JsonObject } from '../core/json';

const parametersSchema = z.record(z.string(), z.json());

/**
 * A control's parameters as plain JSON, as they cross from the policy to the functions.
 * @param parameters as the control's schema returns them
 * @throws when they hold what JSON cannot, which is a mistake in the control
 */
export function jsonParameters(parameters: unknown): JsonObject {
  return parametersSchema.parse(parameters);
}
