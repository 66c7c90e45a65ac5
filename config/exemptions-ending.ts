import { createHash } from 'node:crypto';
import type { CompiledPolicy, Exemption } from './compiled';

const dayMilliseconds = 24 * 60 * 60 * 1000;
const noticeDays = 7;

/** An exemption that ends soon, for people to hear of. */
export interface ExemptionEnding {
  exemption: Exemption;
  /** `day`: it ends today. `week`: it ends within the next seven days. Days are those of UTC. */
  when: 'week' | 'day';
  /** The same for the same exemption, end and `when`, wherever it stands in the file: for telling each once. */
  id: string;
}

/** The exemptions that end today or within the next seven days, in the order of the file; none that are over. */
export function exemptionsEnding(
  { exemptions }: Pick<CompiledPolicy, 'exemptions'>,
  now: Date,
): ExemptionEnding[] {
  return exemptions.flatMap((exemption) => {
    const end = Date.parse(exemption.until);
    // Its last day is the one that its last moment lies in.
    const days = dayOf(end - 1) - dayOf(now.getTime());
    if (end <= now.getTime() || days > noticeDays) return [];
    const when = days === 0 ? 'day' : 'week';
    return [{ exemption, when, id: idOf(exemption, when) }];
  });
}

function dayOf(milliseconds: number): number {
  return Math.floor(milliseconds / dayMilliseconds);
}

/** A digest, because paths and patterns can be longer than a key of the ledger may be. */
function idOf(exemption: Exemption, when: ExemptionEnding['when']): string {
  const { control, account, organizationalUnit, resource, region, until } = exemption;
  const subject = [control, account ?? null, organizationalUnit ?? null, resource, region ?? null, until];
  return `${when}-${createHash('sha256').update(JSON.stringify(subject)).digest('hex').slice(0, 32)}`;
}
