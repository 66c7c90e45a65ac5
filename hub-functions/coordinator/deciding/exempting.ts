import { type FindingIdentity, findingKey } from '../../../core/finding';
import type { Sources } from '../../../decision/cascade';
import { tagExemption } from '../../../decision/tag-exemption';
import type { Exemptions } from '../../../ledger/findings/exemptions';
import type { TagSightings } from '../../../ledger/findings/tag-sightings';
import type { UndoExemption } from '../../../ledger/findings/undo-exemption';
import type { Log } from '../log';

/** What finding an exemption takes. */
export interface ExemptingParts {
  exemptions: Pick<Exemptions, 'read' | 'wanted'>;
  sightings: Pick<TagSightings, 'firstSeen' | 'forget'>;
  log: Log;
  now: () => Date;
}

/**
 * Finds out what the ledger knows of a finding's exemptions. A tag that is seen, or seen gone, is noted there.
 * @param known what an undo wrote, where whoever has the finding has read it: only who has a finding writes its exemption
 */
export function exemptionSources(
  identity: FindingIdentity,
  { exemptions, sightings, log, now }: ExemptingParts,
  known?: () => UndoExemption | undefined,
): Pick<Sources, 'undone' | 'tagSeen'> {
  return {
    undone: async () => (known ? known() : await exemptions.read(identity)) ?? 'none',
    tagSeen: async ({ look, ruling }) => {
      const { exemptUntil: value } = look ?? {};
      if (value === undefined) {
        if (look?.outcome === 'planned') await sightings.forget(identity, now());
        return 'none';
      }
      // A value that exempts nothing starts no clock.
      const atAll = tagExemption({ value, rule: ruling.tagRule, firstSeen: now(), now: now() });
      if (atAll && !('ignored' in atAll)) return sightings.firstSeen(identity, now());
      log.warn('A tag exempts nothing', { finding: findingKey(identity), why: atAll?.ignored });
      return 'none';
    },
  };
}
