import type { FindingIdentity } from '../../contract/finding';
import type { CustomControl } from '../../controls/control';
import { LeaseLostError } from '../ledger/errors';
import type { Exemptions } from '../ledger/exemptions';
import type { Ledger } from '../ledger/ledger';
import type { FindingRecord, Lease } from '../ledger/record';
import { beginFix, type Outcome, putBack, settle } from '../ledger/transitions';
import { bounded } from './bounded';
import type { Verdict } from './decide';
import { type ExemptingParts, exemptAs } from './exempting';
import type { Gate } from './gate';
import type { Log } from './log';
import type { Outbox } from './outbox';
import { type Request, settledOutcome, workOut } from './outcome';
import type { Answer } from './remediation-result';
import type { Remediator } from './remediator';
import { ruledDigest } from './ruled';
import type { FindingRuling } from './ruling';
import { fixMilliseconds, orphanMilliseconds, type Remaining } from './time-limits';

/** What a worker works with. */
export interface WorkerParts extends ExemptingParts {
  ledger: Ledger;
  exemptions: Pick<Exemptions, 'read' | 'takeBack'>;
  outbox: Outbox;
  remediate: Remediator;
  gate: Pick<Gate, 'hold'>;
  /** Whether the policy allows a lossy plan without approval. */
  applyLossy: boolean;
  log: Log;
  now: () => Date;
  /** A name that no other worker has, for each lease. */
  newHolder: () => string;
}

/** A finding to look at, and what is known of it from outside the ledger. */
export interface Subject {
  identity: FindingIdentity;
  control: CustomControl;
  ruling: FindingRuling;
}

/** Works on occurrences that it has taken: from the look to the recorded state and its report. */
export class Worker {
  constructor(private readonly parts: WorkerParts) {}

  /**
   * A lease for the rest of this invocation, and for what it may have started.
   * @param remaining milliseconds that are left to the invocation
   */
  newLease(remaining: number): Lease {
    const until = this.parts.now().getTime() + remaining + orphanMilliseconds;
    return { holder: this.parts.newHolder(), until: new Date(until).toISOString() };
  }

  /** Looks at a resource, and changes nothing. */
  plan(subject: Subject, occurrence: number): Promise<Answer> {
    return this.ask(subject, { occurrence, attempt: 1 }, { mode: 'plan' });
  }

  /**
   * Works a taken occurrence out, and records what came of it. When too little time is left for its fix, it is given
   * back, due at once.
   * @param seen what a look a moment ago saw
   * @returns the record then; undefined when another worker has taken it
   */
  async work(
    subject: Subject,
    taken: FindingRecord,
    remaining: Remaining,
    seen?: Answer,
  ): Promise<FindingRecord | undefined> {
    const { ledger, exemptions, gate, applyLossy, now } = this.parts;
    const { identity, ruling } = subject;
    const { occurrence, tries, fixBegun, undoing, decision, violations, plan } = taken;
    const before = { violations, ...(plan && { plan }) };
    let held = taken;
    return this.unlessLost(taken, async () => {
      const worked = await workOut({
        ruling,
        tries,
        applyLossy,
        ...(decision && { decision }),
        ...(seen && { seen }),
        ...(fixBegun && { begun: before }),
        ...(undoing && { undoing: before }),
        ask: (request) => this.ask(subject, taken, request),
        exempt: (look) => exemptAs(identity, ruling, look, this.parts),
        hold: async (approved) => {
          const verdict = await gate.hold({ identity, occurrence, place: ruling.place, approved });
          return verdict?.heldBy === 'conflict' ? this.naming(subject, taken, verdict) : verdict;
        },
        beforeFix: async (look) => {
          if (remaining() < fixMilliseconds) throw new OutOfTimeError();
          held = await ledger.change(held, (fresh) => beginFix(fresh, holderOf(taken), bounded(look)));
        },
      });
      const { state } = worked.verdict;
      // An undo that changed nothing exempts nothing, nor does the exemption of a resource outlive it.
      if ((undoing && state === 'fixed') || state === 'gone') {
        const exemption = await exemptions.read(identity);
        if (exemption) await exemptions.takeBack(identity, exemption, undefined);
      }
      const ruled = ruledDigest(ruling, { lossy: applyLossy ? 'apply' : 'wait' });
      return this.record(held, { ...settledOutcome(worked, tries, now()), ruled });
    });
  }

  /**
   * Records an outcome of a taken occurrence, and sends its report.
   * @returns the record then; undefined when another worker has taken it
   */
  async settle(taken: FindingRecord, outcome: Outcome): Promise<FindingRecord | undefined> {
    return this.unlessLost(taken, () => this.record(taken, outcome));
  }

  /** Sends the reports that wait. What the bus does not take stays due: the state is recorded all the same. */
  async sendReports(record: FindingRecord): Promise<FindingRecord> {
    try {
      return await this.parts.outbox.send(record);
    } catch (error) {
      this.parts.log.error('A report did not reach the bus', {
        finding: record.finding,
        error: String(error),
      });
      return record;
    }
  }

  private ask(
    { identity, control, ruling }: Subject,
    { occurrence, attempt }: Pick<FindingRecord, 'occurrence' | 'attempt'>,
    request: Request,
  ): Promise<Answer> {
    const { parameters, place } = ruling;
    return this.parts.remediate({
      applyLossy: false,
      ...request,
      control,
      identity,
      occurrence,
      attempt,
      parameters,
      place,
    });
  }

  /** A conflict is with somebody: where it is known with whom, it is said, once an occurrence. */
  private async naming(subject: Subject, taken: FindingRecord, verdict: Verdict): Promise<Verdict> {
    const known = / Last changed by .*$/.exec(taken.heldBy === 'conflict' ? (taken.reason ?? '') : '')?.[0];
    if (known) return { ...verdict, reason: `${verdict.reason}${known}` };
    const { lastChange } = await this.ask(subject, taken, { mode: 'plan', tellLastChange: true });
    if (!lastChange) return verdict;
    const { by, event, at } = lastChange;
    return { ...verdict, reason: `${verdict.reason} Last changed by ${by} (${event}) at ${at}.` };
  }

  private async record(taken: FindingRecord, outcome: Outcome): Promise<FindingRecord> {
    const { ledger, log, now } = this.parts;
    const settled = await ledger.change(taken, (fresh) => settle(fresh, holderOf(taken), outcome, now()));
    const { finding, occurrence, attempt, state, reason, errorCode } = settled;
    log.info('Recorded', { finding, occurrence, attempt, state, reason, errorCode });
    return this.sendReports(settled);
  }

  private putBackIfOutOfTime(taken: FindingRecord, error: unknown): Promise<FindingRecord> {
    const { ledger, log } = this.parts;
    if (!(error instanceof OutOfTimeError)) throw error;
    log.info('Given back: too little time is left for the fix', { finding: taken.finding });
    return ledger.change(taken, (fresh) => putBack(fresh, holderOf(taken)));
  }

  private async unlessLost(
    taken: FindingRecord,
    work: () => Promise<FindingRecord>,
  ): Promise<FindingRecord | undefined> {
    try {
      return await work().catch((error: unknown) => this.putBackIfOutOfTime(taken, error));
    } catch (error) {
      if (!(error instanceof LeaseLostError)) throw error;
      this.parts.log.warn(error.message, { finding: taken.finding });
      return undefined;
    }
  }
}

/** Thrown right before a fix for which too little time is left. */
class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError';
}

function holderOf(taken: FindingRecord): string {
  return taken.lease?.holder ?? '';
}
