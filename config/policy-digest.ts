import { createHash } from 'node:crypto';
import type { CompiledPolicy } from './compiled';

/** Stands for a compiled policy: another one has another digest. */
export function policyDigest(policy: CompiledPolicy): string {
  return createHash('sha256').update(JSON.stringify(policy)).digest('hex');
}
