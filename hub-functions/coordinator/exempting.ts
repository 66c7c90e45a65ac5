import { type FindingIdentity, findingKey } from '../../core/finding';
import type { RemediationResult } from '../../core/remediation';
import type { Exemptions } from '../../ledger/exemptions';
import type { TagSightings } from '../../ledger/tag-sightings';
import { holds, type UndoExemption } from '../../ledger/undo-exemption';
import type { Verdict } from './decide';
import type { Log } from './log';
import type { FindingRuling } from './ruling';
import { tagExemption } from './tag-exemption';

/** What finding an exemption takes. */
export interface ExemptingParts {
  exemptions: Pick<Exemptions, 'read'>;
  sightings: Pick<TagSightings, 'firstSeen' | 'forget'>;
  log: Log;
  now: () => Date;
}

/**
 * What a finding comes to while it is exempt: because its fix was undone, by the policy, or by a tag where the policy lets tags
 * exempt.
 * @param look what was seen of the resource just now
 * @returns undefined when nothing exempts it
 */
export async function exemptAs(
  identity: FindingIdentity,
  ruling: FindingRuling,
  look: RemediationResult,
  { exemptions, sightings, log, now }: ExemptingParts,
): Promise<Verdict | undefined> {
  const undone = await exemptions.read(identity);
  if (holds(undone, now())) return undoneVerdict(undone);
  if (ruling.exempt) return ruling.exempt;
  const { tagRule } = ruling;
  // A look that failed has seen no tags, nor that there are none.
  if (!tagRule || (look.outcome !== 'planned' && look.outcome !== 'refused')) return undefined;
  if (look.exemptUntil === undefined) {
    if (look.outcome === 'planned') await sightings.forget(identity, now());
    return undefined;
  }
  const value = look.exemptUntil;
  // A value that exempts nothing starts no clock.
  const atAll = tagExemption({ value, rule: tagRule, firstSeen: now(), now: now() });
  if (!atAll || 'ignored' in atAll) {
    log.warn('A tag exempts nothing', { finding: findingKey(identity), why: atAll?.ignored });
    return undefined;
  }
  const firstSeen = await sightings.firstSeen(identity, now());
  const tagged = tagExemption({ value, rule: tagRule, firstSeen, now: now() });
  if (!tagged || 'ignored' in tagged) return undefined;
  return { state: 'exempt', reason: tagged.reason, lookAgainAt: tagged.until.toISOString() };
}

/** What a finding comes to while its undone fix is not made again. */
export function undoneVerdict({ by, reason, until }: UndoExemption): Verdict {
  return {
    state: 'undone',
    reason: `The fix was undone for ${by}: ${reason} It is not fixed again before ${until}.`,
    lookAgainAt: until,
  };
}
