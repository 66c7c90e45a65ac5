import type { CompiledPolicy } from '../../../config/compiled';
import type { ControlFacts } from '../../../controls/control';
import type { FindingIdentity } from '../../../core/finding';
import { type Waiting, withRetries } from '../../../core/jittered';
import type { Change, Plan } from '../../../core/plan';
import { planDigest } from '../../../core/plan-digest';
import { present } from '../../../core/present';
import type { DangerousLook } from '../../../core/remediation';
import { stateDigest } from '../../../core/state-digest';
import { approvedAt } from '../../../decision/approval';
import { askWith, courseQuestions, fixCourse } from '../../../decision/cascade';
import { exemptionQuestions } from '../../../decision/exemption-questions';
import type { AskedFacts, Facts } from '../../../decision/facts';
import type { FindingRuling } from '../../../decision/finding-ruling';
import { moveQuestion } from '../../../decision/fix-questions';
import { recentWrites } from '../../../decision/growing-pause';
import { lookOf } from '../../../decision/look';
import { type TraceStep, verdictOf } from '../../../decision/question';
import { verdictOnFix } from '../../../decision/result-verdict';
import type { Verdict } from '../../../decision/verdict';
import type { Ledger } from '../../../ledger/ledger';
import { UnknownAccountError, UnresolvedPlaceError } from '../../../ledger/place-errors';
import type { Received } from '../../../ledger/record';
import { stillTaken } from '../../../ledger/transitions/checks';
import { maximumTries } from '../../../ledger/transitions/maximum-tries';
import { beginFix } from '../../../ledger/transitions/take';
import { type ExemptingParts, exemptionSources } from '../deciding/exempting';
import type { Gate, IntendedFix } from '../deciding/gate';
import { type Places, rulingFor } from '../deciding/ruling';
import type { Answer } from '../member/remediation-result';
import type { Asked, Remediator } from '../member/remediator';
import { bounded, type Findings } from '../recording/bounded';
import { mayHaveChanged, type Worked } from '../recording/outcome';
import { fixMilliseconds, type Remaining } from '../time-limits';
import { NotSavedError, Saving, type SavingParts } from './saving';

/** A finding to look at, and what is known of it from outside the ledger. */
export interface Subject {
  identity: FindingIdentity;
  control: ControlFacts;
  ruling: FindingRuling;
}

/** What an attempt works with. */
export interface AttemptParts extends ExemptingParts, SavingParts, Waiting {
  ledger: Pick<Ledger, 'change'>;
  remediate: Remediator;
  gate: Pick<Gate, 'hold' | 'giveBack' | 'failed' | 'stopped'>;
  policy: CompiledPolicy;
  organization: Pick<Places, 'freshPlace'>;
}

/** How often one attempt makes a plan. Others may be changing the resource at the same time. */
const maximumRounds = 3;
/** How often the policy may turn out to say something else by now, before the attempt fails. */
const maximumRulings = 3;

const completedReason =
  'It complies now; an earlier attempt of Staunch, the end of which is unconfirmed, may have done it.';

/** Thrown right before a fix for which too little time is left. */
export class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError';
}

/** Thrown right before a fix when the policy says something else of the finding by now. */
class RulingChangedError extends Error {
  override readonly name = 'RulingChangedError';
  constructor(readonly ruling: FindingRuling) {
    super('The account was moved.');
  }
}

/**
 * One attempt at an occurrence that a worker has taken: looks at the resource, decides, and has it fixed where that is
 * allowed. It records nothing but that a fix is begun, and what undoing it takes.
 */
export class Attempt {
  private readonly saving: Saving;
  /** The occurrence as it stands in the ledger. */
  private current: Received;
  private ruling: FindingRuling;
  private writes: string[];
  /** What this attempt has made so far. */
  private readonly made: Change[] = [];
  private wrote = false;

  /**
   * @param taken the occurrence as it was taken
   * @param remaining tells the time that is left to the invocation
   */
  constructor(
    private readonly parts: AttemptParts,
    private readonly subject: Subject,
    private readonly taken: Received,
    private readonly remaining: Remaining,
  ) {
    this.saving = new Saving(parts, taken);
    this.current = taken;
    this.ruling = subject.ruling;
    this.writes = recentWrites(taken, parts.now());
  }

  /** The occurrence as it stands in the ledger now, and by which ruling it was worked on. */
  get state(): { record: Received; ruling: FindingRuling } {
    return { record: this.current, ruling: this.ruling };
  }

  /**
   * Works it out.
   * @param seen what a look a moment ago saw; it is not repeated
   * @throws OutOfTimeError when too little time is left for the fix, and nothing was changed
   * @throws LeaseLostError when another worker has taken the occurrence
   */
  async run(seen?: Answer): Promise<Worked> {
    const { tries } = this.taken;
    if (tries > maximumTries) {
      const reason = `The work on this finding stopped half-way ${tries - 1} times. See the coordinator's log.`;
      return this.worked({ state: 'given-up', reason }, this.begun ?? { violations: [] });
    }
    let look = seen;
    for (let rulings = 1; ; rulings += 1) {
      try {
        return await this.workOut(look ?? (await this.ask({ mode: 'plan' })));
      } catch (error) {
        if (!(error instanceof RulingChangedError)) throw error;
        this.ruling = error.ruling;
        look = undefined;
        if (rulings >= maximumRulings) {
          const reason = 'What the policy says of the account kept changing while it was about to be fixed.';
          return this.worked({ state: 'failed', reason }, this.begun ?? { violations: [] });
        }
      }
    }
  }

  private async workOut(look: Answer): Promise<Worked> {
    const { fixBegun, undoing } = this.taken;
    const complies = look.outcome === 'already-compliant' && this.ruling.flag !== undefined;
    if (!complies || !(undoing || fixBegun)) return this.decideAndFix(look);
    const { course } = await askWith(exemptionQuestions, this.facts(look), this.exemptionSources());
    const exempt = verdictOf(course);
    return undoing ? this.afterUndo(look, exempt) : this.afterFix(look, exempt);
  }

  /** It complies after an undo whose end is unconfirmed: did the undo stop before it changed anything? */
  private async afterUndo(look: Answer, exempt: Verdict | undefined): Promise<Worked> {
    const { after } = await this.saving.load();
    const stands =
      after !== undefined && look.state !== undefined && stateDigest(after) === stateDigest(look.state);
    if (stands) return this.worked({ state: 'fixed' }, this.begun, false);
    if (!exempt) return this.afterFix(look, exempt);
    const reason = `${exempt.reason} The undo stopped half-way: order it again to complete it.`;
    return this.worked({ ...exempt, reason }, this.begun, false);
  }

  /**
   * It complies after an attempt whose end is unconfirmed. What that attempt made may be enough to comply, while a part of
   * the danger is only hidden: it is called fixed once nothing is left of its steps.
   */
  private async afterFix(look: Answer, exempt: Verdict | undefined): Promise<Worked> {
    const { unfinished } = await this.saving.load();
    if (!unfinished) {
      await this.saving.verified(look.state);
      return this.worked({ state: 'fixed', reason: completedReason }, this.begun, false);
    }
    const facts = this.facts(look);
    if (exempt || !this.mayComplete(facts)) {
      const reason =
        'It complies now. An earlier attempt of Staunch stopped half-way, and may not be completed as the policy is now.';
      return this.worked({ state: 'already-compliant', reason }, this.begun, false);
    }
    if (this.early) return this.stillPaused(this.begun);
    const fix = this.intended(1, facts);
    const held = await this.pass(fix);
    if (held) return this.worked(held, this.begun);
    const answer = await this.apply(fix, undefined, false, this.begun);
    if (answer.outcome === 'already-compliant' || answer.outcome === 'fixed') {
      await this.saving.verified(answer.state);
      return this.worked({ state: 'fixed', reason: completedReason }, this.begun, false);
    }
    const reason = 'It was dangerous again before an earlier fix was completed.';
    const verdict: Verdict =
      answer.outcome === 'changed' && answer.look
        ? { state: 'failed', reason }
        : await this.verdictOn(answer);
    return { ...this.worked(verdict, this.begun, true), ...(answer.unheard && { unheard: true }) };
  }

  private async decideAndFix(look: Answer): Promise<Worked> {
    const { facts, trace, verdict } = await this.decide(look);
    if (trace.some(({ asked, decides }) => asked === 'retry' && decides)) return this.stillPaused(look);
    if (verdict) return this.recorded(look, verdict);
    if (this.taken.fixBegun) await this.saving.load();
    return this.fix(look, facts);
  }

  /** Makes the plan, and, where the resource turns out to be another by then, the next one, a bounded number of times. */
  private async fix(first: Answer, firstFacts: Facts): Promise<Worked> {
    const violations = first.violations;
    let look = first;
    let facts = firstFacts;
    for (let round = 1; ; round += 1) {
      if (round > 1 && this.remaining() < fixMilliseconds) {
        const reason = 'Too little time was left for another plan.';
        return this.recorded(look, { state: 'failed', reason }, violations);
      }
      const fix = this.intended(round, facts);
      const held = await this.pass(fix);
      if (held) return this.recorded(look, held, violations);
      const before = [...this.made];
      const answer = await this.applyLook(fix, look);
      if (answer.outcome === 'fixed') await this.saving.verified(answer.state);
      const next = round < maximumRounds ? nextLook(answer) : undefined;
      if (!next) return this.ended(answer, look, violations, before);
      look = next;
      const again = await this.decide(look);
      if (again.verdict) return this.recorded(look, again.verdict, violations);
      facts = again.facts;
    }
  }

  /** @param before what this attempt had made before the last application */
  private async ended(
    answer: Answer,
    look: Answer,
    violations: Findings['violations'],
    before: readonly Change[],
  ): Promise<Worked> {
    const plan = withMade(before, answer.plan ?? look.plan);
    const verdict = await this.verdictOn({ ...answer, applied: this.made.length, ...(plan && { plan }) });
    return {
      ...this.worked(verdict, { violations, ...(plan && { plan }) }),
      ...tagSeen(look),
      ...(look.plan && { seenDigest: planDigest(look.plan) }),
      ...(answer.unheard && { unheard: true }),
    };
  }

  /** A function that met the stop switch does not say which stop it was: that one wakes the finding once it is over. */
  private async verdictOn(answer: Answer): Promise<Verdict> {
    const verdict = verdictOnFix(answer);
    const stopped = answer.outcome === 'stopped' ? await this.parts.gate.stopped(this.ruling) : undefined;
    if (verdict.state !== 'held' || stopped?.state !== 'held') return verdict;
    const { waitsFor, lookAgainAt } = stopped;
    return { ...verdict, ...present({ waitsFor, lookAgainAt }) };
  }

  /** Everything that an attempt at a fix has to pass; right before the first one, where the account lies is asked anew. */
  private async pass(fix: IntendedFix): Promise<Verdict | undefined> {
    if (this.remaining() < fixMilliseconds) throw new OutOfTimeError();
    const held = await this.parts.gate.hold(fix);
    if (held || fix.round > 1) return held;
    try {
      const { course } = await askWith([moveQuestion], fix.facts, { freshRuling: () => this.freshRuling() });
      if (course?.do === 'ask-anew') throw new RulingChangedError(course.ruling);
      const verdict = verdictOf(course);
      if (verdict) await this.giveBack(fix);
      return verdict;
    } catch (error) {
      await this.giveBack(fix);
      throw error;
    }
  }

  /** What the policy says where the account lies just now. */
  private async freshRuling(): Promise<AskedFacts['freshRuling']> {
    const { policy, organization, now } = this.parts;
    const place = (accountId: string) =>
      withRetries(
        () => organization.freshPlace(accountId),
        this.parts,
        (error) => error instanceof UnresolvedPlaceError,
      );
    try {
      const ruling = await rulingFor(this.subject.identity, policy, { place }, now());
      return ruling.placeUnknown ? { unreadable: ruling.decidedBy } : ruling;
    } catch (error) {
      if (!(error instanceof UnknownAccountError)) throw error;
      return { unknownAccount: error.message };
    }
  }

  private applyLook(fix: IntendedFix, look: Answer): Promise<Answer> {
    const { plan, state, violations } = look;
    if (!plan || state === undefined) throw new Error('A look without a plan or a state cannot be applied.');
    return this.apply(fix, { plan, state, violations }, fixCourse(fix.facts).applyLossy, look);
  }

  /**
   * Has a plan made, or earlier ones completed. What undoing it takes is saved before, and the results afterwards.
   * @param look the plan to make; undefined to complete earlier ones only
   * @throws LeaseLostError; then nothing was changed
   */
  private async apply(
    fix: IntendedFix,
    look: DangerousLook | undefined,
    applyLossy: boolean,
    shown: Findings,
  ): Promise<Answer> {
    const { ledger, now } = this.parts;
    const at = now().toISOString();
    const writes = [...this.writes, at];
    const plan = withMade(this.made, shown.plan);
    try {
      this.current = await ledger.change(this.current, (fresh) =>
        beginFix(stillTaken(fresh), this.taken.lease?.holder ?? '', {
          ...bounded({ violations: shown.violations, ...(plan && { plan }) }),
          writes,
        }),
      );
    } catch (error) {
      await this.giveBack(fix);
      throw error;
    }
    const answer = await this.saveAndAsk(look, applyLossy);
    if (mayHaveChanged(answer)) {
      this.writes = writes;
      this.wrote = true;
      this.made.push(...(answer.step?.made ?? []), ...(answer.completed ?? []).flatMap(({ made }) => made));
    } else {
      await this.giveBack(fix);
      const failed = answer.outcome === 'failed' || answer.outcome === 'refused';
      // Of an account that cannot be reached people hear apart.
      if (failed && answer.unreachable === undefined) await this.countFailure(fix);
    }
    return answer;
  }

  private async saveAndAsk(look: DangerousLook | undefined, applyLossy: boolean): Promise<Answer> {
    const own = look && { before: look.state, changes: look.plan.changes };
    try {
      const steps = await this.saving.begin(own);
      const { place, nextFreezeAt } = this.ruling;
      const answer = await this.ask({
        mode: 'apply',
        place,
        ...(nextFreezeAt !== undefined && { writeBefore: nextFreezeAt }),
        applyLossy,
        ...(look && { fix: { plan: look.plan, state: stateDigest(look.state) } }),
        unfinished: steps.unfinished.map(({ step }) => step),
      });
      if (!answer.unheard) await this.saving.end(steps, answer);
      return answer;
    } catch (error) {
      if (!(error instanceof NotSavedError)) throw error;
      const { outcome, message: reason, errorCode } = error;
      return { version: 2, outcome, violations: [], applied: 0, reason, ...present({ errorCode }) };
    }
  }

  /** Whether the resource is to be fixed, as far as its look tells: the gate may hold the fix yet. */
  private async decide(look: Answer): Promise<{ facts: Facts; trace: TraceStep[]; verdict?: Verdict }> {
    const { facts, trace, course } = await askWith(
      courseQuestions,
      this.facts(look),
      this.exemptionSources(),
    );
    const verdict = verdictOf(course);
    return { facts, trace, ...(verdict && { verdict }) };
  }

  private facts(look: Answer): Facts {
    const { decision, nextAttemptAt: at, reason, errorCode } = this.taken;
    const { policy, now } = this.parts;
    return {
      now: now(),
      policy,
      ruling: this.ruling,
      region: this.subject.identity.region,
      // Something was heard of it.
      watched: true,
      writes: this.writes,
      look: lookOf(look),
      ...(decision && { decision }),
      ...(at !== undefined && {
        retry: {
          at,
          ...(reason !== undefined && { reason }),
          ...(errorCode !== undefined && { errorCode }),
        },
      }),
    };
  }

  private exemptionSources() {
    return exemptionSources(this.subject.identity, this.parts);
  }

  private mayComplete(facts: Facts): boolean {
    if (this.ruling.flag === 'on') return this.taken.decision?.what !== 'denied';
    return this.ruling.flag === 'approval' && approvedAt(facts) !== undefined;
  }

  /** Whether it was taken before its time, after a failure: then it is only looked at. */
  private get early(): boolean {
    return this.taken.nextAttemptAt !== undefined;
  }

  /** What an earlier attempt saw that may have changed the resource. */
  private get begun(): Findings {
    const { violations, plan } = this.taken;
    return { violations, ...(plan && { plan }) };
  }

  private intended(round: number, facts: Facts): IntendedFix {
    const { identity } = this.subject;
    const { occurrence, attempt } = this.taken;
    return { identity, occurrence, attempt, round, facts };
  }

  private ask(request: Asked): Promise<Answer> {
    const { identity, control } = this.subject;
    const { occurrence, attempt } = this.taken;
    const { parameters } = this.ruling;
    return this.parts.remediate({ identity, control, occurrence, attempt, parameters, ...request });
  }

  /** A slot that cannot be given back is free again within the hour. */
  private async giveBack(fix: IntendedFix): Promise<void> {
    await this.parts.gate
      .giveBack(fix)
      .catch((error: unknown) => this.warn('A slot was not given back', error));
  }

  private async countFailure(fix: IntendedFix): Promise<void> {
    await this.parts.gate
      .failed(fix)
      .catch((error: unknown) => this.warn('A failure was not counted', error));
  }

  private warn(message: string, error: unknown): void {
    this.parts.log.warn(message, { finding: this.taken.finding, error: String(error) });
  }

  private stillPaused(findings: Findings): Worked {
    const { reason, errorCode } = this.taken;
    const why = { ...(reason !== undefined && { reason }), ...(errorCode !== undefined && { errorCode }) };
    return this.worked({ state: 'failed', ...why }, findings);
  }

  private recorded(look: Answer, verdict: Verdict, violations = look.violations): Worked {
    // A look that failed saw nothing; what was begun is not forgotten for it.
    const plan = withMade(this.made, look.plan);
    const seen = { violations, ...(plan && { plan }) };
    const findings = this.taken.fixBegun && violations.length === 0 ? this.begun : seen;
    return {
      ...this.worked(verdict, findings),
      ...tagSeen(look),
      ...(look.plan && { seenDigest: planDigest(look.plan) }),
    };
  }

  private worked(verdict: Verdict, findings: Findings, fixBegun = this.taken.fixBegun === true): Worked {
    return {
      verdict,
      ruling: this.ruling,
      findings,
      fixBegun: fixBegun || this.wrote,
      writes: this.writes,
    };
  }
}

/** What the look saw of the tag that may exempt. */
function tagSeen({ exemptUntil }: Answer): Pick<Worked, 'exemptUntil'> {
  return exemptUntil === undefined ? {} : { exemptUntil };
}

/** A plan as people see it: with what earlier rounds of the attempt have made. */
function withMade(made: readonly Change[], plan?: Plan): Plan | undefined {
  if (made.length === 0) return plan;
  const { changes = [], lossy = false, losses = [] } = plan ?? {};
  return { changes: [...made, ...changes], lossy, losses };
}

/** How the resource was seen last, as a look of its own, where another round may fix it. */
function nextLook({ outcome, look, exemptUntil, unheard, mayHaveWritten }: Answer): Answer | undefined {
  if (!look || unheard || mayHaveWritten || (outcome !== 'changed' && outcome !== 'failed')) return undefined;
  return {
    version: 2,
    outcome: 'planned',
    applied: 0,
    ...look,
    ...(exemptUntil !== undefined && { exemptUntil }),
  };
}
