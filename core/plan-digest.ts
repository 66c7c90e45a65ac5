import { createHash } from 'node:crypto';
import type { Plan } from './plan';

/**
 * A plan in short: the same for the same changes and losses, in whatever order AWS listed what they are about, so that a decision
 * holds for the plan that was shown.
 */
export function planDigest({ changes, losses }: Plan): string {
  const said = JSON.stringify([changes.map((change) => JSON.stringify(change)).sort(), losses.toSorted()]);
  return createHash('sha256').update(said).digest('hex').slice(0, 32);
}
