import type { CompiledPolicy } from '../../../config/compiled';
import { type FindingIdentity, findingKey } from '../../../core/finding';
import { type Waiting, withRetries } from '../../../core/jittered';
import { askWith, gateQuestions, type Sources } from '../../../decision/cascade';
import type { Facts } from '../../../decision/facts';
import type { FindingRuling } from '../../../decision/finding-ruling';
import { limitQuestion } from '../../../decision/fix-questions';
import { writesOf } from '../../../decision/growing-pause';
import type { NamesSeen } from '../../../decision/names-seen';
import { type Question, verdictOf } from '../../../decision/question';
import { stopQuestions } from '../../../decision/stop-questions';
import type { Verdict } from '../../../decision/verdict';
import type { CoverageStore } from '../../../ledger/coverage/coverage';
import { typeWatchOf } from '../../../ledger/coverage/type-watch';
import type { Ledger } from '../../../ledger/findings/ledger';
import {
  ContendedError,
  type CountedFix,
  type FixCounts,
  type FixesPerHour,
  type FixLimits,
} from '../../../ledger/limits/fix-limits';
import { type LiftedLimits, type LiftedLimitsStore, limitsNow } from '../../../ledger/limits/lifted-limits';
import type { StopSwitch } from '../../../ledger/limits/stop-switch';
import type { UnreachableAccounts } from '../../../ledger/organization/unreachable-accounts';
import type { KeyedReads } from '../../../ledger/table/keyed-reads';
import type { Notices } from '../../../ledger/told/notices';
import { HoldNotices } from '../telling/hold-notices';

/** How many earlier occurrences are looked at: more fixes than a day of the longest pauses has room for. */
const earlierOccurrences = 60;

/** Tells what the policy's names come to in the organization. */
export interface NamedPlaces {
  /** @throws UnresolvedPlaceError */
  policyNames(): Promise<NamesSeen>;
}

/** What the gate works with. */
export interface GateParts extends Waiting {
  policy: CompiledPolicy;
  ledger: Pick<Ledger, 'occurrences'>;
  keyedReads: Pick<KeyedReads, 'read'>;
  coverage: Pick<CoverageStore, 'wanted'>;
  stopSwitch: Pick<StopSwitch, 'stops' | 'wanted'>;
  fixLimits: Pick<FixLimits, 'peek' | 'reserve' | 'giveBack' | 'failed' | 'wanted'>;
  namedPlaces: NamedPlaces;
  unreachableAccounts: Pick<UnreachableAccounts, 'refusalBy' | 'wanted'>;
  liftedLimits: Pick<LiftedLimitsStore, 'read' | 'wanted'>;
  notices: Pick<Notices, 'give'>;
  now: () => Date;
}

/** An attempt at a fix that would be made now. */
export interface IntendedFix {
  identity: FindingIdentity;
  occurrence: number;
  /** Number of the look that led to it. */
  attempt: number;
  /** Which of that look's attempts at a fix, from 1. */
  round: number;
  /** What led to it. */
  facts: Facts;
}

/**
 * Asks what every attempt at a fix has to pass, of the ledger and of the organization: the stop switch, freezes, the policy's names,
 * growing pauses, the account's role, limits.
 */
export class Gate {
  private readonly perHour: FixesPerHour;
  private readonly holdNotices: HoldNotices;

  constructor(private readonly parts: GateParts) {
    const { fixesPerHour, failuresPerHour } = parts.policy.limits;
    this.holdNotices = new HoldNotices(parts.notices, parts.now);
    this.perHour = { ...fixesPerHour, failures: failuresPerHour };
  }

  /**
   * Takes the attempt out of the limits, where nothing holds it.
   * @returns the finding's verdict when its fix has to wait; undefined when it may be made now
   */
  hold(fix: IntendedFix): Promise<Verdict | undefined> {
    return this.asked(gateQuestions, fix.facts, this.fixSources(fix));
  }

  /** Gives an attempt back that changed nothing. */
  giveBack(fix: IntendedFix): Promise<void> {
    return this.parts.fixLimits.giveBack(countedFix(fix), this.parts.now());
  }

  /** Counts an attempt that failed and changed nothing. */
  failed(fix: IntendedFix): Promise<void> {
    return this.parts.fixLimits.failed(countedFix(fix), this.parts.now());
  }

  /** Whether fixes in an account are stopped, by the switch, a freeze or names that do not exist. What cannot be read means stop. */
  stopped(ruling: FindingRuling): Promise<Verdict | undefined> {
    return this.asked(stopQuestions, this.factsFor(ruling), this.stopSources());
  }

  /** What a finding that waits for a limit goes on waiting for; undefined when every limit allows a fix by now. */
  async limited({ accountId }: FindingIdentity, ruling: FindingRuling): Promise<Verdict | undefined> {
    const { fixLimits, liftedLimits, now } = this.parts;
    const { lifted } = await liftedLimits.read();
    const perHour = limitsNow(this.perHour, lifted, now());
    const limit = (await fixLimits.peek(accountId, perHour, now())) ?? 'none';
    return verdictOf((await askWith([limitQuestion], { ...this.factsFor(ruling), limit }, {})).course);
  }

  private async asked(
    questions: readonly Question[],
    known: Facts,
    sources: Sources,
  ): Promise<Verdict | undefined> {
    const { facts, course } = await askWith(questions, known, sources);
    const verdict = verdictOf(course);
    if (verdict) await this.holdNotices.tell(verdict, facts);
    return verdict;
  }

  private factsFor(ruling: FindingRuling): Facts {
    const { policy, now } = this.parts;
    return { now: now(), policy, ruling, writes: [] };
  }

  private stopSources(): Sources {
    const { stopSwitch } = this.parts;
    return {
      stops: () => readable(() => withRetries(() => stopSwitch.stops(), this.parts)),
      names: () => this.names(),
    };
  }

  private names() {
    return readable(() => withRetries(() => this.parts.namedPlaces.policyNames(), this.parts));
  }

  /** What is found by its key is read in one call, when the first question needs a part of it. */
  private fixSources(fix: IntendedFix): Sources {
    const { ledger, unreachableAccounts, now } = this.parts;
    const { identity, occurrence } = fix;
    let reading: ReturnType<Gate['readFor']> | undefined;
    const read = () => {
      reading ??= this.readFor(fix);
      return reading;
    };
    return {
      // Where the items cannot be read, the next question, which takes them too, holds the fix.
      watch: async () => {
        const coverage = await read().then(
          ({ watch }) => watch(),
          () => undefined,
        );
        return typeWatchOf(coverage, identity.resourceType);
      },
      stops: () => readable(async () => (await read()).stops()),
      names: () => this.names(),
      earlierWrites: async () => {
        const earlier = occurrence === 1 ? [] : await ledger.occurrences(identity, earlierOccurrences);
        return earlier.filter((record) => record.occurrence < occurrence).flatMap(writesOf);
      },
      // What cannot be read is tried.
      refusal: async () => {
        const { role } = await read();
        return (await unreachableAccounts.refusalBy(role(), now()).catch(() => undefined)) ?? 'none';
      },
      limit: async () => {
        const { counts, lifted } = await read();
        return this.reserve(fix, counts(), lifted());
      },
    };
  }

  private readFor({ identity: { accountId, region }, facts }: IntendedFix) {
    const { keyedReads, stopSwitch, unreachableAccounts, fixLimits, coverage, liftedLimits } = this.parts;
    const wants = {
      watch: coverage.wanted({ accountId, region }),
      stops: stopSwitch.wanted(facts.ruling.place),
      role: unreachableAccounts.wanted({ accountId, role: 'remediation' }),
      counts: fixLimits.wanted(accountId),
      lifted: liftedLimits.wanted(),
    };
    return withRetries(() => keyedReads.read(wants), this.parts);
  }

  private async reserve(fix: IntendedFix, known: FixCounts, lifted: LiftedLimits | undefined) {
    const { fixLimits, now } = this.parts;
    const perHour = limitsNow(this.perHour, lifted, now());
    try {
      return (await fixLimits.reserve(countedFix(fix), perHour, now(), known)) ?? 'none';
    } catch (error) {
      if (!(error instanceof ContendedError)) throw error;
      return { unreadable: error.message };
    }
  }
}

function countedFix({ identity, occurrence, attempt, round }: IntendedFix): CountedFix {
  return {
    accountId: identity.accountId,
    fix: `${findingKey(identity)}#${occurrence}#${attempt}#${round}`,
  };
}

async function readable<Fact>(read: () => Promise<Fact>): Promise<Fact | { unreadable: string }> {
  try {
    return await read();
  } catch (error) {
    return { unreadable: String(error) };
  }
}
