import { ResourceInputError } from '../../core/errors';
import type { Json } from '../../core/json';
import { isFields } from '../../resources/kit/input';
import { jsonTextLines } from '../../resources/kit/json-lines';
import { resourceType } from '../../resources/registry';

/**
 * A saved state as lines that can be compared: the same lines for the same meaning. Pure.
 * @param saved as the resource type's remediation function reads it
 * @returns its JSON where it cannot be understood
 */
export function savedStateLines(type: string, saved: Json): string[] {
  try {
    const lines = isFields(saved) ? resourceType(type)?.savedLines(saved) : undefined;
    if (lines !== undefined) return lines;
  } catch (error) {
    if (!(error instanceof ResourceInputError)) throw error;
  }
  return jsonTextLines(JSON.stringify(saved));
}
