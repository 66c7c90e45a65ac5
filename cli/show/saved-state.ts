import { ResourceInputError } from '../../core/errors';
import type { Json } from '../../core/json';
import { jsonTextLines } from './json-diff';
import { savedBucketLines } from './saved-bucket';
import { savedGroupLines } from './saved-security-group';

const readers: Readonly<Record<string, (saved: Json) => string[]>> = {
  'AWS::EC2::SecurityGroup': savedGroupLines,
  'AWS::S3::Bucket': savedBucketLines,
};

/**
 * A saved state as lines that can be compared: the same lines for the same meaning. Pure.
 * @param saved as the resource type's remediation function reads it
 * @returns its JSON where it cannot be understood
 */
export function savedStateLines(resourceType: string, saved: Json): string[] {
  try {
    const lines = readers[resourceType]?.(saved);
    if (lines !== undefined) return lines;
  } catch (error) {
    if (!(error instanceof ResourceInputError)) throw error;
  }
  return jsonTextLines(JSON.stringify(saved));
}
