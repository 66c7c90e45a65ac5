import type { CompiledPolicy } from '../../../config/compiled';
import { policyDigest } from '../../../config/policy-digest';
import type { FindingRuling } from '../../../decision/finding-ruling';
import { ruledDigest } from '../../../decision/ruled';
import { isLeased } from '../../../ledger/findings/due';
import type { Ledger } from '../../../ledger/findings/ledger';
import type { PolicyProgressStore } from '../../../ledger/findings/policy-progress';
import { type FindingRecord, isOpenRecord } from '../../../ledger/findings/record';
import { waitsForOf } from '../../../ledger/findings/record-parts';
import { wholeOrganization } from '../../../ledger/limits/stop';
import { parseWaitsFor } from '../../../ledger/limits/waits-for';
import { UnknownAccountError } from '../../../ledger/organization/place-errors';
import { ConflictError } from '../../../ledger/table/errors';
import { askForRevisit } from '../../../ledger/transitions/rest';
import { type Places, rulingFor } from '../deciding/ruling';
import type { Log } from '../log';
import { lookMilliseconds, type Remaining } from '../time-limits';

/** What the watch works with. */
export interface PolicyWatchParts {
  policy: CompiledPolicy;
  organization: Places;
  ledger: Pick<Ledger, 'page' | 'change'>;
  progress: PolicyProgressStore;
  log: Log;
  now: () => Date;
}

/** How much of one sweep it may take. */
const mostMilliseconds = 20_000;
/** How often it is done while the policy stays as it is: accounts move in the organization. */
const againMilliseconds = 24 * 60 * 60_000;

/**
 * After the policy has changed: looks through the open findings, and marks those that it rules differently by now, and those whose
 * account is gone. The sweep then reads each of them live, and fixes what is still dangerous, under the limits: no backlog is
 * fired blindly. What went with its account ends.
 */
export class PolicyWatch {
  private readonly digest: string;

  constructor(private readonly parts: PolicyWatchParts) {
    this.digest = policyDigest(parts.policy);
  }

  /** Goes on where the last sweep stopped, for a bounded part of this one. */
  async run(remaining: Remaining): Promise<void> {
    const { progress, now } = this.parts;
    const last = await progress.read();
    const mine = last?.digest === this.digest ? last : undefined;
    if (mine?.done && Date.parse(mine.doneAt ?? '') > now().getTime() - againMilliseconds) return;
    let from = mine?.done ? undefined : mine?.from;
    for (
      const begun = remaining();
      begun - remaining() < mostMilliseconds && remaining() >= lookMilliseconds;
    ) {
      const page = await this.lookThrough(from);
      // What could not be told now is told when the same page is looked through again.
      if (page === 'untold') return;
      from = page.next;
      const done = from === undefined;
      await progress.write({
        digest: this.digest,
        done,
        ...(done && { doneAt: now().toISOString() }),
        ...(from && { from }),
      });
      if (done) return;
    }
  }

  private async lookThrough(
    from?: Record<string, unknown>,
  ): Promise<{ next?: Record<string, unknown> } | 'untold'> {
    const { records, unreadable, next } = await this.parts.ledger.page(from);
    for (const error of unreadable) {
      this.parts.log.error('A finding cannot be understood, and is left as it is', { error: String(error) });
    }
    let untold = false;
    for (const record of records) {
      if (!isOpenRecord(record)) continue;
      const differs = await this.isRuledDifferently(record);
      if (differs === 'untold') untold = true;
      else if (differs === 'gone') await this.mark(record, isOpenRecord);
      else if (differs) await this.mark(record, mayRest);
    }
    return untold ? 'untold' : next ? { next } : {};
  }

  /** @returns `untold` when AWS Organizations does not say where the account lies; `gone` when nothing runs there any more */
  private async isRuledDifferently(record: FindingRecord): Promise<boolean | 'untold' | 'gone'> {
    const { policy, organization, now } = this.parts;
    try {
      const ruling = await rulingFor(record.identity, policy, organization, now());
      if (!mayRest(record)) return false;
      if (ruling.placeUnknown) return 'untold';
      if (ruling.flag === undefined) return false;
      return ruledDigest(ruling, policy) !== record.ruled || waitsElsewhere(record, ruling, policy, now());
    } catch (error) {
      if (error instanceof UnknownAccountError) return 'gone';
      throw error;
    }
  }

  private async mark(record: FindingRecord, mayBe: (fresh: FindingRecord) => boolean): Promise<void> {
    const { ledger, now } = this.parts;
    try {
      await ledger.change(record, (fresh) => {
        if (!mayBe(fresh) || fresh.revisit) return undefined;
        const asked = askForRevisit(fresh);
        // Behind what is due already, however long ago it came to rest.
        return isLeased(fresh, now()) ? asked : { ...asked, dueAt: now().toISOString() };
      });
    } catch (error) {
      // Somebody is at it.
      if (!(error instanceof ConflictError)) throw error;
    }
  }
}

/** Whether a finding rests, or will once its worker is through, because of what the policy said. */
function mayRest(record: FindingRecord): boolean {
  switch (record.state) {
    case 'received':
    case 'reported':
    case 'waiting':
    case 'denied':
    case 'exempt':
      return true;
    case 'held':
      // What nobody has seen yet is ruled anew when it is looked at.
      return record.heldBy !== 'account' && record.heldBy !== 'places';
    case 'given-up':
      return record.flag === undefined;
    default:
      return false;
  }
}

/** Whether a finding waits for a pause or a freeze, that may last, of a unit in which its account lies no longer. */
function waitsElsewhere(
  record: FindingRecord,
  { place, freeze }: FindingRuling,
  policy: CompiledPolicy,
  now: Date,
): boolean {
  const waitsFor = waitsForOf(record);
  const what = waitsFor === undefined ? undefined : parseWaitsFor(waitsFor);
  if (what?.kind === 'stop') return what.scope !== wholeOrganization && !place.includes(what.scope);
  if (what?.kind !== 'freeze' || what.id === freeze?.id) return false;
  return policy.freezes.some(({ id, to }) => id === what.id && to > now.toISOString());
}
