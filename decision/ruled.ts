import { createHash } from 'node:crypto';
import type { CompiledPolicy } from '../config/compiled';
import type { FindingRuling } from './finding-ruling';

/** All that the policy says of a finding, in short: it tells whether a later policy rules otherwise. */
export function ruledDigest(
  { flag, parameters, exempt, tagRule }: FindingRuling,
  { lossy }: Pick<CompiledPolicy, 'lossy'>,
): string {
  const days = tagRule?.maximumDays;
  const said = JSON.stringify({ flag, parameters, until: exempt?.lookAgainAt, days, lossy });
  return createHash('sha256').update(said).digest('hex').slice(0, 32);
}
