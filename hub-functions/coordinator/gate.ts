import type { CompiledPolicy } from '../../config/compiled';
import { type FindingIdentity, findingKey } from '../../contract/finding';
import type { FixLimits, LimitReached } from '../ledger/fix-limits';
import type { Ledger } from '../ledger/ledger';
import type { Notices } from '../ledger/notices';
import { type StopSwitch, stopFor, stopReason } from '../ledger/stop-switch';
import { nextFixAt } from './conflict';
import type { Verdict } from './decide';
import type { NamedPlaces } from './named-places';

/** How long a fix rests while Staunch is paused, before it is looked whether it still is. `resume` does not wait for it. */
const stoppedMilliseconds = 15 * 60_000;
const dayMilliseconds = 24 * 60 * 60_000;
/** How many earlier occurrences are looked at: more fixes than a day of the longest pauses has room for. */
const earlierOccurrences = 60;

/** What the gate works with. */
export interface GateParts {
  policy: CompiledPolicy;
  ledger: Pick<Ledger, 'occurrences'>;
  stopSwitch: Pick<StopSwitch, 'stops'>;
  fixLimits: Pick<FixLimits, 'peek' | 'reserve'>;
  namedPlaces: Pick<NamedPlaces, 'missingNames'>;
  notices: Pick<Notices, 'give'>;
  now: () => Date;
}

/** A fix that would be made now. */
export interface IntendedFix {
  identity: FindingIdentity;
  occurrence: number;
  /** The account's id, and the ids of what it lies under. */
  place: readonly string[];
  /** Whether a person approved it: then it waits for no growing pause. */
  approved: boolean;
}

/** What every fix has to pass: the stop switch, the growing pauses, and the limits. */
export class Gate {
  constructor(private readonly parts: GateParts) {}

  /** @returns what the finding comes to when its fix has to wait; undefined when it may be made now */
  async hold(fix: IntendedFix): Promise<Verdict | undefined> {
    return (await this.stopped(fix.place)) ?? (await this.tooSoon(fix)) ?? (await this.pastLimit(fix));
  }

  /** Whether fixes in an account are stopped. What cannot be read means stop. */
  async stopped(place: readonly string[]): Promise<Verdict | undefined> {
    const reason = await this.stopReason(place);
    return reason === undefined ? undefined : stoppedVerdict(reason, this.parts.now());
  }

  /** Until when a fix that waits for a limit goes on waiting; undefined when the limit allows it by now. */
  async limitedUntil(identity: FindingIdentity, occurrence: number): Promise<Date | undefined> {
    const { fixLimits, policy, now } = this.parts;
    const fix = `${findingKey(identity)}#${occurrence}`;
    const asked = { accountId: identity.accountId, fix };
    return (await fixLimits.peek(asked, policy.limits.fixesPerHour, now()))?.freeAt;
  }

  private async stopReason(place: readonly string[]): Promise<string | undefined> {
    const { stopSwitch, namedPlaces, policy } = this.parts;
    try {
      const stop = stopFor(await stopSwitch.stops(), place);
      if (stop) return stopReason(stop);
    } catch (error) {
      return `The stop switch cannot be read: ${String(error)}`;
    }
    try {
      const missing = await namedPlaces.missingNames(policy);
      return missing.length > 0 ? await this.tellOfMissing(missing) : undefined;
    } catch (error) {
      return `It cannot be told whether what the policy names exists: ${String(error)}`;
    }
  }

  /** A renamed organizational unit must not silently lose the protection that the policy gave it. */
  private async tellOfMissing(missing: readonly { key: string; source: string }[]): Promise<string> {
    const named = missing.map(({ key, source }) => `${key} (${source})`).join(', ');
    const text = `The policy names what is not in the organization: ${named}. Nothing is fixed until the policy is put right and deployed.`;
    const at = this.parts.now();
    const notice = {
      version: 1 as const,
      title: 'Nothing is fixed: the policy names what does not exist',
      text,
    };
    // Once a day, as long as it lasts.
    const noticeId = `missing-names#${at.toISOString().slice(0, 10)}`;
    await this.parts.notices.give({ ...notice, noticeId, at: at.toISOString() }, at);
    return text;
  }

  private async tooSoon(fix: IntendedFix): Promise<Verdict | undefined> {
    if (fix.approved || fix.occurrence === 1) return undefined;
    const { ledger, now } = this.parts;
    const earlier = await ledger.occurrences(fix.identity, earlierOccurrences);
    const fixes = earlier
      .filter(({ occurrence, state }) => occurrence < fix.occurrence && state === 'fixed')
      .map(({ at }) => new Date(at))
      .filter((at) => at.getTime() > now().getTime() - dayMilliseconds);
    const next = nextFixAt({ fixes, now: now() });
    if (!next) return undefined;
    return {
      state: 'held',
      heldBy: 'conflict',
      lookAgainAt: next.toISOString(),
      reason: `It was fixed ${fixes.length} times within a day, and opened again each time: somebody, or a tool, puts it back. The next fix is made at ${next.toISOString()}.`,
    };
  }

  private async pastLimit({ identity, occurrence }: IntendedFix): Promise<Verdict | undefined> {
    const { fixLimits, policy, now } = this.parts;
    const { accountId } = identity;
    const fix = `${findingKey(identity)}#${occurrence}`;
    const reached = await fixLimits.reserve({ accountId, fix }, policy.limits.fixesPerHour, now());
    return reached && this.tellOfLimit(accountId, reached);
  }

  /** Told once for an hour, not for each finding that waits. */
  private async tellOfLimit(accountId: string, { scope, limit, freeAt }: LimitReached): Promise<Verdict> {
    const at = this.parts.now();
    const who = scope === 'account' ? `account ${accountId}` : 'the organization';
    await this.parts.notices.give(
      {
        version: 1,
        noticeId: `limit#${scope === 'account' ? accountId : scope}#${at.toISOString().slice(0, 13)}`,
        title: `Limit of fixes reached for ${who}`,
        text: `${limit} fixes were made within an hour, as many as the policy allows for ${who}. What is found now waits, and is fixed as the limit allows.`,
        at: at.toISOString(),
      },
      at,
    );
    return {
      state: 'held',
      heldBy: 'limit',
      lookAgainAt: freeAt.toISOString(),
      reason: `The policy allows ${limit} fixes an hour for ${who}, and they are made. The next one is allowed at ${freeAt.toISOString()}.`,
    };
  }
}

/** What a finding comes to while Staunch is stopped. */
export function stoppedVerdict(reason: string, now: Date): Verdict {
  return {
    state: 'held',
    heldBy: 'stop',
    lookAgainAt: new Date(now.getTime() + stoppedMilliseconds).toISOString(),
    reason,
  };
}
