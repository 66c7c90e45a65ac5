import type { CompiledPolicy } from '../../config/compiled';
import type { Ledger } from '../../ledger/ledger';
import type { Notices } from '../../ledger/notices';
import type { FindingRecord } from '../../ledger/record';
import type { SavedStates } from '../../ledger/saved-states';
import { type Outcome, openHeld } from '../../ledger/transitions';
import type { WaitingScopes } from '../../ledger/waiting-scopes';
import { waitsForPlaces } from '../../ledger/waits-for';
import type { Subject } from './attempt';
import type { Log } from './log';
import { ruledDigest } from './ruled';

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
  async hasFree(accountId: string): Promise<boolean> {
    const { ledger, policy } = this.parts;
    const { openFindings } = policy.limits;
    return (await ledger.countOpen(accountId, openFindings)) < openFindings;
  }

  /**
   * Records a new finding without a look, where its account has no place left.
   * @returns undefined when there is a place for it
   * @throws ConflictError when somebody else was faster
   */
  async wait({ identity, control, ruling }: Subject): Promise<FindingRecord | undefined> {
    const { accountId } = identity;
    if (await this.hasFree(accountId)) return undefined;
    const { policy, ledger, savedStates, waitingScopes, log, now } = this.parts;
    const { flag, decidedBy } = ruling;
    const waitsFor = waitsForPlaces(accountId);
    const held: Outcome = {
      state: 'held',
      heldBy: 'places',
      waitsFor,
      decidedBy,
      ...(flag && { flag }),
      ruled: ruledDigest(ruling, policy),
      violations: [],
      reason: `Not looked at yet: ${this.full(accountId)} It is looked at once a place is free.`,
    };
    const occurrence = (await savedStates.lastOccurrence(identity)) + 1;
    // Before the finding is written, so that a crash loses none.
    await waitingScopes.note(waitsFor, now());
    const record = await ledger.create(openHeld(identity, occurrence, control.severity, held, now()));
    log.info('Recorded without a look', { finding: record.finding });
    await this.tell(accountId);
    return record;
  }

  /** Once a day, not for each finding that waits. */
  private async tell(accountId: string): Promise<void> {
    const { notices, now } = this.parts;
    const at = now().toISOString();
    await notices.give(
      {
        version: 1,
        noticeId: `places#${accountId}#${at.slice(0, 10)}`,
        title: `Account ${accountId} has too many open findings`,
        text: `${this.full(accountId)} Further ones are recorded, and looked at as the open ones are closed. List them with staunch findings --account ${accountId} --state held.`,
        at,
      },
      now(),
    );
  }

  private full(accountId: string): string {
    const { openFindings } = this.parts.policy.limits;
    return `${openFindings} findings of account ${accountId} are open, as many as the policy allows (limits.openFindings).`;
  }
}
