import type { CompiledPolicy } from '../../config/compiled';
import type { NamedKey } from '../../config/named-keys';
import { type FindingIdentity, findingKey } from '../../core/finding';
import { type Waiting, withRetries } from '../../core/jittered';
import { ContendedError, type CountedFix, type FixesPerHour, type FixLimits } from '../../ledger/fix-limits';
import type { LimitReached } from '../../ledger/fix-log';
import type { Ledger } from '../../ledger/ledger';
import type { Notices } from '../../ledger/notices';
import type { FindingRecord } from '../../ledger/record';
import { stopFor, stopReason } from '../../ledger/stop';
import type { StopSwitch } from '../../ledger/stop-switch';
import type { UnreachableAccounts } from '../../ledger/unreachable-accounts';
import {
  waitsForAccount,
  waitsForFreeze,
  waitsForLimit,
  waitsForName,
  waitsForNames,
  waitsForStop,
} from '../../ledger/waits-for';
import { nextFixAt } from './conflict';
import type { Verdict } from './decide';
import { isRenamed, type NamesSeen } from './organization/name-bindings';
import type { FindingRuling } from './ruling';

/** How long a fix rests for something that could not be read or was contended: it may be over in a moment. */
const briefMilliseconds = 60_000;
const dayMilliseconds = 24 * 60 * 60_000;
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
  stopSwitch: Pick<StopSwitch, 'stops'>;
  fixLimits: Pick<FixLimits, 'peek' | 'reserve' | 'giveBack' | 'failed'>;
  namedPlaces: NamedPlaces;
  unreachableAccounts: Pick<UnreachableAccounts, 'refusal'>;
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
  ruling: FindingRuling;
  /** When earlier attempts at this occurrence wrote. */
  writes: readonly string[];
  /** When a person approved it. The first write after that waits for no growing pause. */
  approvedAt?: string;
}

/** What every attempt at a fix has to pass: the stop switch, freezes, the policy's names, growing pauses, limits. */
export class Gate {
  private readonly perHour: FixesPerHour;

  constructor(private readonly parts: GateParts) {
    const { fixesPerHour, failuresPerHour } = parts.policy.limits;
    this.perHour = { ...fixesPerHour, failures: failuresPerHour };
  }

  /**
   * Takes the attempt out of the limits, where nothing holds it.
   * @returns what the finding comes to when its fix has to wait; undefined when it may be made now
   */
  async hold(fix: IntendedFix): Promise<Verdict | undefined> {
    return (
      (await this.stopped(fix.ruling)) ??
      (await this.tooSoon(fix)) ??
      (await this.unreachable(fix)) ??
      (await this.pastLimit(fix))
    );
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
  async stopped({ place, freeze }: Pick<FindingRuling, 'place' | 'freeze'>): Promise<Verdict | undefined> {
    const { stopSwitch, now } = this.parts;
    try {
      const stop = stopFor(await withRetries(() => stopSwitch.stops(), this.parts), place, now());
      if (stop)
        return {
          state: 'held',
          heldBy: 'stop',
          waitsFor: waitsForStop(stop.scope),
          reason: stopReason(stop),
        };
    } catch (error) {
      return brieflyHeld(`The stop switch cannot be read: ${String(error)}`, 'stop', now());
    }
    if (freeze) {
      const { id, reason, source, to } = freeze;
      await this.tellOfFreeze(freeze);
      return {
        state: 'held',
        heldBy: 'freeze',
        waitsFor: waitsForFreeze(id),
        reason: `A freeze of the policy holds until ${to} (${source}): ${reason}`,
      };
    }
    return this.missingNames(place);
  }

  /** What a finding that waits for a limit goes on waiting for; undefined when every limit allows a fix by now. */
  async limited({ accountId }: FindingIdentity): Promise<Verdict | undefined> {
    const { fixLimits, now } = this.parts;
    const reached = await fixLimits.peek(accountId, this.perHour, now());
    return reached && limitVerdict(accountId, reached);
  }

  private async missingNames(place: readonly string[]): Promise<Verdict | undefined> {
    const { namedPlaces, now } = this.parts;
    try {
      const { unresolved, lost } = await withRetries(() => namedPlaces.policyNames(), this.parts);
      if (unresolved.length > 0) {
        const reason = await this.tellOfMissing(unresolved);
        return { state: 'held', heldBy: 'names', waitsFor: waitsForNames, reason };
      }
      const own = lost.find((name) => isRenamed(name) && place.includes(name.id));
      if (!own) return undefined;
      return {
        state: 'held',
        heldBy: 'names',
        waitsFor: waitsForName(own.id),
        reason: `The policy means ${own.id} by ${own.key} (${own.source}), and it is not named so any more. Nothing is fixed there until the policy is corrected and deployed.`,
      };
    } catch (error) {
      const reason = `It cannot be told whether what the policy names exists: ${String(error)}`;
      return brieflyHeld(reason, 'names', now());
    }
  }

  /** A renamed organizational unit must not silently lose the protection that the policy gave it. */
  private async tellOfMissing(missing: readonly NamedKey[]): Promise<string> {
    const named = missing.map(({ key, source }) => `${key} (${source})`).join(', ');
    const text = `The policy names what is not in the organization: ${named}. Nothing is fixed until the policy is corrected and deployed.`;
    const at = this.parts.now();
    await this.parts.notices.give(
      {
        version: 1,
        // Once a day, as long as it lasts.
        noticeId: `missing-names#${at.toISOString().slice(0, 10)}`,
        title: 'Nothing is fixed: the policy names what does not exist',
        text,
        at: at.toISOString(),
      },
      at,
    );
    return text;
  }

  /** Told once for a freeze, not for each finding that it holds. */
  private async tellOfFreeze({
    id,
    reason,
    to,
    source,
  }: NonNullable<FindingRuling['freeze']>): Promise<void> {
    const at = this.parts.now();
    await this.parts.notices.give(
      {
        version: 1,
        noticeId: `freeze#${id}`,
        title: 'A freeze of the policy holds fixes',
        text: `Until ${to} nothing is fixed where the freeze of ${source} applies: ${reason} Findings are kept, and go on by themselves afterwards.`,
        at: at.toISOString(),
      },
      at,
    );
  }

  private async tooSoon(fix: IntendedFix): Promise<Verdict | undefined> {
    const { now } = this.parts;
    const { approvedAt, writes } = fix;
    if (approvedAt !== undefined && !writes.some((at) => at > approvedAt)) return undefined;
    const fixes = await this.writesOfTheDay(fix);
    const next = nextFixAt({ fixes, now: now() });
    if (!next) return undefined;
    return {
      state: 'held',
      heldBy: 'conflict',
      lookAgainAt: next.toISOString(),
      reason: `It was changed ${fixes.length} times within a day, and is dangerous again: a person or a tool puts the danger back. The next fix is made at ${next.toISOString()}.`,
    };
  }

  /** When attempts at this and at earlier occurrences changed the resource, or may have. */
  private async writesOfTheDay({ identity, occurrence, writes }: IntendedFix): Promise<Date[]> {
    const { ledger, now } = this.parts;
    const earlier = occurrence === 1 ? [] : await ledger.occurrences(identity, earlierOccurrences);
    return [
      ...writes,
      ...earlier.filter((record) => record.occurrence < occurrence).flatMap((record) => writesOf(record)),
    ]
      .map((at) => new Date(at))
      .filter((at) => at.getTime() > now().getTime() - dayMilliseconds);
  }

  /** Whether the role that fixes could not be assumed a while ago. What cannot be read is tried. */
  private async unreachable({ identity: { accountId } }: IntendedFix): Promise<Verdict | undefined> {
    const { unreachableAccounts, now } = this.parts;
    const role = 'remediation';
    const refusal = await unreachableAccounts.refusal({ accountId, role }, now()).catch(() => undefined);
    if (!refusal) return undefined;
    const { reason, errorCode } = refusal;
    return {
      state: 'held',
      heldBy: 'account',
      waitsFor: waitsForAccount(accountId, role),
      reason,
      errorCode,
    };
  }

  private async pastLimit(fix: IntendedFix): Promise<Verdict | undefined> {
    const { fixLimits, now } = this.parts;
    const { accountId } = fix.identity;
    try {
      const reached = await fixLimits.reserve(countedFix(fix), this.perHour, now());
      if (!reached) return undefined;
      await this.tellOfLimit(accountId, reached);
      return limitVerdict(accountId, reached);
    } catch (error) {
      if (!(error instanceof ContendedError)) throw error;
      return brieflyHeld(error.message, 'limit', now());
    }
  }

  /** Told once for an hour, not for each finding that waits. */
  private async tellOfLimit(accountId: string, reached: LimitReached): Promise<void> {
    const at = this.parts.now();
    const { scope, limit } = reached;
    const who = whose(accountId, reached);
    const hour = at.toISOString().slice(0, 13);
    const id = scope.kind === 'account' ? accountId : waitsForLimit(scope);
    const failures = scope.kind === 'failures';
    await this.parts.notices.give(
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

function countedFix({ identity, occurrence, attempt, round }: IntendedFix): CountedFix {
  return {
    accountId: identity.accountId,
    fix: `${findingKey(identity)}#${occurrence}#${attempt}#${round}`,
  };
}

/** What was written before this version kept the times is told by the state alone. */
function writesOf({ writes, state, at }: FindingRecord): readonly string[] {
  return writes ?? (state === 'fixed' ? [at] : []);
}

function whose(accountId: string, { scope }: LimitReached): string {
  return scope.kind === 'organization' ? 'the organization' : `account ${accountId}`;
}

function limitVerdict(accountId: string, reached: LimitReached): Verdict {
  const { scope, limit, freeAt } = reached;
  const who = whose(accountId, reached);
  const reason =
    scope.kind === 'failures'
      ? `${limit} fixes in ${who} failed within an hour. The next one is tried at ${freeAt.toISOString()}.`
      : `The policy allows ${limit} fixes an hour for ${who}, and they are made. The next one is allowed at ${freeAt.toISOString()}.`;
  return { state: 'held', heldBy: 'limit', waitsFor: waitsForLimit(scope), reason };
}

/** What a finding comes to when something could not be read or was contended: it waits a minute. */
export function brieflyHeld(reason: string, heldBy: 'stop' | 'names' | 'limit', now: Date): Verdict {
  const lookAgainAt = new Date(now.getTime() + briefMilliseconds).toISOString();
  return { state: 'held', heldBy, lookAgainAt, reason };
}
