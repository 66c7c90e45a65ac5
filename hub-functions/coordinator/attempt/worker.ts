import { toldTags } from '../../../config/told-tags';
import { present } from '../../../core/present';
import { tagsNamed } from '../../../core/tags';
import { ruledDigest } from '../../../decision/ruled';
import type { Verdict } from '../../../decision/verdict';
import type { Exemptions } from '../../../ledger/findings/exemptions';
import type { FindingRecord, Lease, Received } from '../../../ledger/findings/record';
import { stillTaken } from '../../../ledger/transitions/checks';
import { putBack } from '../../../ledger/transitions/take';
import type { Answer } from '../member/remediation-result';
import { settledOutcome } from '../recording/outcome';
import { Recorder, type RecorderParts } from '../recording/recorder';
import { orphanMilliseconds, type Remaining } from '../time-limits';
import { attempt } from './attempt';
import { withRival } from './rival';
import { type AttemptParts, Run } from './run';
import type { Subject } from './subject';

/** What a worker works with. */
export interface WorkerParts extends AttemptParts, RecorderParts {
  ledger: RecorderParts['ledger'];
  unreachableAccounts: AttemptParts['unreachableAccounts'] & RecorderParts['unreachableAccounts'];
  savedStates: AttemptParts['savedStates'] & RecorderParts['savedStates'];
  exemptions: Pick<Exemptions, 'read' | 'wanted' | 'takeBack'>;
  /** A name that no other worker has, for each lease. */
  newHolder: () => string;
}

/** Works on occurrences that it has taken: from the look to the recorded state and its report. */
export class Worker {
  private readonly recorder: Recorder;

  constructor(private readonly parts: WorkerParts) {
    this.recorder = new Recorder(parts);
  }

  /**
   * A lease for the rest of this invocation, and for what it may have started.
   * @param remaining milliseconds that are left to the invocation
   */
  newLease(remaining: number): Lease {
    const until = this.parts.now().getTime() + remaining + orphanMilliseconds;
    return { holder: this.parts.newHolder(), until: new Date(until).toISOString() };
  }

  /** Looks at a resource, and changes nothing. */
  plan({ identity, control, ruling }: Subject, occurrence: number): Promise<Answer> {
    const { parameters } = ruling;
    return this.parts.remediate({ identity, control, occurrence, attempt: 1, parameters, mode: 'plan' });
  }

  /**
   * Works a taken occurrence out, and records the result. When too little time is left for its fix, it is given back, due at
   * once.
   * @param seen what a look a moment ago saw
   * @returns the record then; undefined when another worker has taken it
   * @throws UnsettledError when the result could not be written
   */
  async work(
    subject: Subject,
    taken: Received,
    remaining: Remaining,
    seen?: Answer,
  ): Promise<FindingRecord | undefined> {
    const { policy, now } = this.parts;
    const run = new Run(this.parts, subject, taken, remaining);
    try {
      const ended = await attempt(run, seen);
      if (ended.next === 'put-back') return await this.putBack(run);
      const verdict = await withRival(run, ended.worked.verdict);
      await this.endExemption(taken, verdict);
      const outcome = settledOutcome({ ...ended.worked, verdict }, taken.tries, now());
      const ruled = ruledDigest(run.ruling, policy);
      const { stack } = run;
      const tags = run.tags && tagsNamed(run.tags, toldTags(policy));
      const standing = verdict.state === 'exempt' && run.ruling.exempt ? 'left-alone' : run.standing;
      const said = { ...outcome, ruled, ...present({ stack, tags, standing }) };
      return await this.recorder.record(run.record, said, run.saving);
    } catch (error) {
      await run.saving.flush();
      return this.recorder.lost(taken, error);
    }
  }

  /** An undo that changed nothing exempts nothing, nor does the exemption of a resource outlive it. */
  private async endExemption({ identity, undoing }: Received, { state }: Verdict): Promise<void> {
    if (!((undoing && state === 'fixed') || state === 'gone')) return;
    const { exemptions } = this.parts;
    const exemption = await exemptions.read(identity);
    if (exemption) await exemptions.takeBack(identity, exemption, undefined);
  }

  private putBack({ record, taken }: Run): Promise<FindingRecord> {
    this.parts.log.info('Given back: too little time is left for the fix', { finding: taken.finding });
    const holder = taken.lease?.holder ?? '';
    return this.parts.ledger.change(record, (fresh) => putBack(stillTaken(fresh), holder));
  }
}
