import type { CompiledPolicy } from '../../../config/compiled';
import type { Waiting } from '../../../core/jittered';
import type { Change } from '../../../core/plan';
import { present } from '../../../core/present';
import type { Facts } from '../../../decision/facts';
import type { FindingRuling } from '../../../decision/finding-ruling';
import { recentWrites } from '../../../decision/growing-pause';
import { lookOf } from '../../../decision/look';
import { pastOf } from '../../../decision/record-facts';
import type { Ledger } from '../../../ledger/findings/ledger';
import type { Received } from '../../../ledger/findings/record';
import type { UndoExemption } from '../../../ledger/findings/undo-exemption';
import type { UnreachableAccounts } from '../../../ledger/organization/unreachable-accounts';
import type { KeyedReads } from '../../../ledger/table/keyed-reads';
import type { OpenSaid } from '../../../ledger/transitions/outcome';
import { type ExemptingParts, exemptionSources } from '../deciding/exempting';
import type { Gate, IntendedFix } from '../deciding/gate';
import type { Places } from '../deciding/ruling';
import type { Answer } from '../member/remediation-result';
import type { Asked, KnownReach, Remediator } from '../member/remediator';
import type { Findings } from '../recording/bounded';
import type { Remaining } from '../time-limits';
import { Saving, type SavingParts } from './saving';
import type { Subject } from './subject';

/** What an attempt works with. */
export interface AttemptParts extends ExemptingParts, SavingParts, Waiting {
  ledger: Pick<Ledger, 'change'>;
  keyedReads: Pick<KeyedReads, 'read'>;
  unreachableAccounts: Pick<UnreachableAccounts, 'wanted'>;
  remediate: Remediator;
  gate: Pick<Gate, 'hold' | 'giveBack' | 'failed' | 'stopped'>;
  policy: CompiledPolicy;
  organization: Pick<Places, 'freshPlace'>;
}

/** One attempt at an occurrence that a worker has taken, as far as it has come. */
export class Run {
  readonly saving: Saving;
  /** The occurrence as it stands in the ledger. */
  record: Received;
  /** What the policy says of it, by which it is worked on. */
  ruling: FindingRuling;
  /** When attempts at the occurrence changed the resource, or may have; of the last day. */
  writes: string[];
  /** The finding's exemption, as the attempt's own look has read it. */
  private exemption: (() => UndoExemption | undefined) | undefined;
  /** What this attempt has made so far. */
  readonly made: Change[] = [];
  /** Whether this attempt changed the resource, or may have. */
  wrote = false;
  /** Whether its fix is backlog, where that was asked. */
  standing: OpenSaid['standing'];
  /** Name of the CloudFormation stack that made the resource, as a look saw it. */
  stack: string | undefined;
  /** The resource's tags by their keys, as a look saw them. */
  tags: Readonly<Record<string, string>> | undefined;

  /**
   * @param taken the occurrence as it was taken
   * @param remaining tells the time that is left to the invocation
   */
  constructor(
    readonly parts: AttemptParts,
    readonly subject: Subject,
    readonly taken: Received,
    readonly remaining: Remaining,
  ) {
    this.saving = new Saving(parts, taken);
    this.record = taken;
    this.ruling = subject.ruling;
    this.writes = recentWrites(taken, parts.now());
  }

  /**
   * Reads the resource, with the read role, and plans: nothing is changed. What the ledger says of the role, and of an exemption, is
   * read before, in one call: while the occurrence is taken, nobody else writes its exemption.
   */
  async look(): Promise<Answer> {
    const { keyedReads, unreachableAccounts, exemptions } = this.parts;
    const { identity } = this.subject;
    const { role, exemption } = await keyedReads.read({
      role: unreachableAccounts.wanted({ accountId: identity.accountId, role: 'read' }),
      exemption: exemptions.wanted(identity),
    });
    this.exemption = exemption;
    return this.ask({ mode: 'plan' }, role() ?? 'none');
  }

  /**
   * Asks the remediation function.
   * @param unreachable what is known of the account's role, where it was read a moment ago
   */
  ask(request: Asked, unreachable?: KnownReach): Promise<Answer> {
    const { identity, control } = this.subject;
    const { occurrence, attempt } = this.taken;
    const { parameters } = this.ruling;
    const assignment = { identity, control, occurrence, attempt, parameters, ...request };
    return this.parts.remediate(assignment, unreachable);
  }

  /** What a decision about the look rests on, before anything else is asked. */
  facts(look: Answer): Facts {
    return { ...this.known(), look: lookOf(look) };
  }

  /** What is known of the finding before the look. */
  known(): Facts {
    const { decision, nextAttemptAt: at, reason, errorCode, tries } = this.taken;
    const { policy, now } = this.parts;
    return {
      now: now(),
      policy,
      ruling: this.ruling,
      region: this.subject.identity.region,
      // A message arrived about it.
      watched: true,
      writes: this.writes,
      tries,
      past: pastOf(this.taken),
      ...present({
        decision,
        retry: at === undefined ? undefined : { at, ...present({ reason, errorCode }) },
      }),
    };
  }

  /** Finds out what exempts the finding. */
  exemptionSources() {
    return exemptionSources(this.subject.identity, this.parts, this.exemption);
  }

  /** @param round which of this attempt's applications it is, from 1 */
  intendedFix(round: number, facts: Facts): IntendedFix {
    const { occurrence, attempt } = this.taken;
    return { identity: this.subject.identity, occurrence, attempt, round, facts };
  }

  /** Whether it was taken before its time, after a failure: then it is only looked at. */
  get early(): boolean {
    return this.taken.nextAttemptAt !== undefined;
  }

  /** What an earlier attempt saw that may have changed the resource. */
  get begun(): Findings {
    const { violations, plan } = this.taken;
    return { violations, ...present({ plan }) };
  }

  warn(message: string, error: unknown): void {
    this.parts.log.warn(message, { finding: this.taken.finding, error: String(error) });
  }
}
