import type { NamedKey } from '../../../config/named-keys';
import { utc } from '../../../core/utc';
import { type Facts, isUnreadable } from '../../../decision/facts';
import type { FindingRuling } from '../../../decision/finding-ruling';
import { limitedScope } from '../../../decision/fix-questions';
import { missingNamesReason } from '../../../decision/names-seen';
import type { Verdict } from '../../../decision/verdict';
import type { LimitReached } from '../../../ledger/limits/fix-log';
import { waitsForLimit } from '../../../ledger/limits/waits-for';
import type { Notices } from '../../../ledger/told/notices';

/** Tells people what holds many fixes. */
export class HoldNotices {
  constructor(
    private readonly notices: Pick<Notices, 'give'>,
    private readonly now: () => Date,
  ) {}

  /** What holds many fixes is told once, not for each finding that it holds. */
  async tell(verdict: Verdict, { ruling, names, limit }: Facts): Promise<void> {
    if (verdict.state !== 'held') return;
    const { heldBy } = verdict;
    if (heldBy === 'freeze' && ruling.freeze) await this.tellOfFreeze(ruling.freeze);
    if (heldBy === 'names' && names && !isUnreadable(names) && names.unresolved.length > 0) {
      await this.tellOfMissing(names.unresolved);
    }
    if (heldBy === 'limit' && typeof limit === 'object' && !isUnreadable(limit)) {
      await this.tellOfLimit(ruling.place[0] ?? '', limit);
    }
  }

  /** A renamed organizational unit must not silently lose the protection that the policy gave it. */
  private async tellOfMissing(missing: readonly NamedKey[]): Promise<void> {
    const at = this.now();
    await this.notices.give(
      {
        version: 1,
        // Once a day, as long as it lasts.
        noticeId: `missing-names#${at.toISOString().slice(0, 10)}`,
        title: 'Nothing is fixed: the policy names what does not exist',
        text: missingNamesReason(missing),
        at: at.toISOString(),
      },
      at,
    );
  }

  private async tellOfFreeze({
    id,
    reason,
    to,
    source,
  }: NonNullable<FindingRuling['freeze']>): Promise<void> {
    const at = this.now();
    await this.notices.give(
      {
        version: 1,
        noticeId: `freeze#${id}`,
        title: 'A freeze of the policy holds fixes',
        text: `Until ${utc(to)} nothing is fixed where the freeze of ${source} applies: ${reason} Findings are kept, and go on by themselves afterwards.`,
        at: at.toISOString(),
      },
      at,
    );
  }

  /** Once an hour. */
  private async tellOfLimit(accountId: string, reached: LimitReached): Promise<void> {
    const at = this.now();
    const { scope, limit } = reached;
    const who = limitedScope(accountId, reached);
    const hour = at.toISOString().slice(0, 13);
    const id = scope.kind === 'account' ? accountId : waitsForLimit(scope);
    const failures = scope.kind === 'failures';
    await this.notices.give(
      {
        version: 1,
        noticeId: `limit#${id}#${hour}`,
        title: failures ? `Fixes keep failing in ${who}` : `Limit of fixes reached for ${who}`,
        text: failures
          ? `${limit} fixes in ${who} failed within an hour without having changed anything. What is found there now waits; look at why they fail.`
          : `${limit} fixes were made within an hour, as many as the policy allows for ${who}. What is found now waits, and is fixed as the limit allows.`,
        at: at.toISOString(),
      },
      at,
    );
  }
}
