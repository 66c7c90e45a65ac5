import { createHash } from 'node:crypto';
import type { Json } from './json';

/**
 * A resource's state in short: the same for two readings that say the same, in whatever order AWS listed what they hold.
 * @param state as a remediation function read it
 * @returns 32 hexadecimal digits
 */
export function stateDigest(state: Json): string {
  return createHash('sha256').update(canonical(state)).digest('hex').slice(0, 32);
}

function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`);
  return `{${entries.sort().join()}}`;
}
