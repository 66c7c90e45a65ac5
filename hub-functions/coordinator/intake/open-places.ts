import type { CompiledPolicy } from '../../../config/compiled';
import { askWith } from '../../../decision/cascade';
import type { Facts } from '../../../decision/facts';
import type { FindingRuling } from '../../../decision/finding-ruling';
import { placeQuestion } from '../../../decision/look-questions';
import { fullReason } from '../../../decision/open-findings';
import { verdictOf } from '../../../decision/question';
import { ruledDigest } from '../../../decision/ruled';
import type { Verdict } from '../../../decision/verdict';
import type { Ledger } from '../../../ledger/findings/ledger';
import type { FindingRecord } from '../../../ledger/findings/record';
import type { WaitingScopes } from '../../../ledger/limits/waiting-scopes';
import { waitsForPlaces } from '../../../ledger/limits/waits-for';
import type { SavedStates } from '../../../ledger/saved/saved-states';
import type { Notices } from '../../../ledger/told/notices';
import { openHeld } from '../../../ledger/transitions/open';
import type { HeldOutcome } from '../../../ledger/transitions/outcome';
import type { Log } from '../log';
import type { Errand } from './errand';

/** What the places take. */
export interface OpenPlacesParts {
  policy: CompiledPolicy;
  ledger: Pick<Ledger, 'countOpen' | 'create'>;
  savedStates: Pick<SavedStates, 'lastOccurrence'>;
  waitingScopes: Pick<WaitingScopes, 'note'>;
  notices: Pick<Notices, 'give'>;
  log: Log;
  now: () => Date;
}

/**
 * The places that an account has for open findings: `limits.openFindings`. Beyond them a new finding is one row in the ledger, without
 * a look, until a place is free. So whoever floods the queue with findings of an account costs little, and nothing of them is lost.
 */
export class OpenPlaces {
  constructor(private readonly parts: OpenPlacesParts) {}

  /** Whether one more finding of an account may be looked at; nearly so, where several are asked about at the same time. */
  async hasFree(ruling: FindingRuling): Promise<boolean> {
    return (await this.held(ruling)) === undefined;
  }

  /**
   * Records a new finding without a look, where its account has no place left.
   * @returns undefined when there is a place for it
   * @throws ConflictError when somebody else was faster
   */
  async wait({ identity, control, ruling, origin }: Errand): Promise<FindingRecord | undefined> {
    const { accountId } = identity;
    const verdict = await this.held(ruling);
    if (verdict?.state !== 'held') return undefined;
    const { policy, ledger, savedStates, waitingScopes, log, now } = this.parts;
    const { flag, decidedBy } = ruling;
    const held: HeldOutcome = {
      ...verdict,
      decidedBy,
      ...(flag && { flag }),
      ruled: ruledDigest(ruling, policy),
      violations: [],
    };
    const occurrence = (await savedStates.lastOccurrence(identity)) + 1;
    // Before the finding is written, so that a crash loses none.
    await waitingScopes.note(waitsForPlaces(accountId), now());
    const record = await ledger.create(openHeld(identity, occurrence, control.severity, held, now(), origin));
    log.info('Recorded without a look', { finding: record.finding });
    await this.tell(accountId);
    return record;
  }

  /** Once a day, not for each finding that waits. */
  private async tell(accountId: string): Promise<void> {
    const { notices, policy, now } = this.parts;
    const at = now().toISOString();
    await notices.give(
      {
        version: 1,
        noticeId: `places#${accountId}#${at.slice(0, 10)}`,
        title: `Account ${accountId} has too many open findings`,
        text: `${fullReason(accountId, policy.limits.openFindings)} Further ones are recorded, and looked at as the open ones are closed. List them with staunch findings --account ${accountId} --state held.`,
        at,
      },
      now(),
    );
  }

  private async held(ruling: FindingRuling): Promise<Verdict | undefined> {
    const { ledger, policy, now } = this.parts;
    const known: Facts = { now: now(), policy, ruling, needsPlace: true, writes: [] };
    const { course } = await askWith([placeQuestion], known, {
      openFindings: () => ledger.countOpen(ruling.place[0] ?? '', policy.limits.openFindings),
    });
    return verdictOf(course);
  }
}
