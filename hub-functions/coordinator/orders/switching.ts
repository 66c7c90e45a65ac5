import type { CompiledPolicy } from '../../../config/compiled';
import { accountIdPattern } from '../../../core/finding';
import type { Notice } from '../../../core/notice';
import { type OrderAnswer, type OrderOf, orderVersion } from '../../../core/order';
import { latestOrderEnd, mostDaysAhead } from '../../../core/order-end';
import { utc } from '../../../core/utc';
import { activeStops, nameOfScope, type Stop } from '../../../ledger/limits/stop';
import type { StopSwitch } from '../../../ledger/limits/stop-switch';
import { UnknownAccountError } from '../../../ledger/organization/place-errors';
import { StandingStopError } from '../../../ledger/table/errors';
import type { Notices } from '../../../ledger/told/notices';
import type { Places } from '../deciding/ruling';
import { OrderRefusedError } from './refused';

/** What the stop switch is turned with. */
export interface SwitchingParts {
  ledger: {
    /** How many findings are held for one thing: `stop#` and the scope of a pause. */
    countWaiting(waitsFor: string): Promise<number>;
  };
  stopSwitch: Pick<StopSwitch, 'stop' | 'resume' | 'stops'>;
  notices: Pick<Notices, 'give'>;
  organization: Places;
  policy: Pick<CompiledPolicy, 'people'>;
  now: () => Date;
}

/** So many pauses are named in one answer. */
const mostNamed = 10;

/**
 * Turns the stop switch. It counts from the next write of any fix on; findings are kept. What was held for a pause is woken by the
 * sweep, once the pause is over.
 */
export class Switching {
  constructor(private readonly parts: SwitchingParts) {}

  /**
   * A pause that lasts longer gives way only to who may end it, and only if it was there when this was ordered.
   * @throws OrderRefusedError when the end is not ahead, too far, or sooner than that of a pause that does not give way
   * @throws UnknownAccountError when the account does not exist
   */
  async pause(order: OrderOf<'pause'>): Promise<OrderAnswer> {
    const { key, scope, reason, by, until: asked, at: begunBy, mayThaw } = order;
    const { stopSwitch, now } = this.parts;
    const until = asked === undefined ? undefined : endOfPause(asked, now());
    await this.checkAccount(scope);
    const at = now().toISOString();
    const what = nameOfScope(scope);
    const stop = { scope, reason, by, at, ...(until !== undefined && { until }) };
    const replaced = await unlessStanding(
      stopSwitch.stop(stop, mayThaw ? { begunBy } : {}),
      `Nothing was changed: ${what} is paused for longer already, and it takes the right thaw to have that end sooner, by an order that is given after it.`,
    );
    const end = until === undefined ? 'until it is resumed' : `until ${utc(until)}, or until it is resumed`;
    const instead = replacedSentence(replaced, now());
    await this.tell(
      `pause#${key}`,
      `Paused: ${what}`,
      `Nothing is fixed in ${what} ${end}. ${by}: ${reason}${instead && ` (${instead})`}`,
      at,
    );
    const said = [`${capitalized(what)} is paused. Findings are kept, and nothing is fixed ${end}.`, instead];
    return answered([...said, this.whoResumes()].filter(Boolean).join(' '));
  }

  /** @throws OrderRefusedError when it was paused after this was ordered: whoever gave the order did not know of that */
  async resume({ key, scope, by, at: begunBy, tellOf }: OrderOf<'resume'>): Promise<OrderAnswer> {
    const { ledger, stopSwitch, now } = this.parts;
    const at = now().toISOString();
    const what = nameOfScope(scope);
    // Before the switch is turned: the sweep may wake them at once then.
    const held = await ledger.countWaiting(`stop#${scope}`);
    const was = await unlessStanding(
      stopSwitch.resume(scope, begunBy),
      `${capitalized(what)} stays paused: it was paused again after this was ordered. Look at that pause, and resume it by a new order.`,
    );
    const still = await this.stillPaused(tellOf);
    if (!was) {
      await this.checkAccount(scope);
      return answered(`${capitalized(what)} was not paused. ${still}`.trim());
    }
    await this.tell(
      `resume#${key}`,
      `Resumed: ${what}`,
      `${by} has resumed ${what}. What was held for that pause is read again, and then fixed. ${still}`.trim(),
      at,
    );
    return answered(`${capitalized(what)} is resumed. ${heldSentence(held)} ${still}`.trim());
  }

  /** A warning where the policy lets nobody resume: only another policy helps then. */
  private whoResumes(): string {
    const { people } = this.parts.policy;
    if (people?.entries.some(({ may }) => may.includes('thaw'))) return '';
    return 'Nobody may resume it: the policy names nobody with thaw in people. Deploy one that does.';
  }

  /** A mistyped account would be a false safety. Where AWS Organizations does not answer, the stop comes first. */
  private async checkAccount(scope: string): Promise<void> {
    if (!accountIdPattern.test(scope)) return;
    try {
      await this.parts.organization.place(scope);
    } catch (error) {
      if (error instanceof UnknownAccountError) throw error;
    }
  }

  /**
   * The pauses that are there now, as a sentence; nothing where there are none. The switch has been turned by then.
   * @param of these scopes; of all, where left out
   */
  private async stillPaused(of: readonly string[] | undefined): Promise<string> {
    const { stopSwitch, now } = this.parts;
    try {
      const active = activeStops(await stopSwitch.stops(), now());
      const stops = of ? active.filter(({ scope }) => of.includes(scope)) : active;
      if (stops.length === 0) return '';
      const named = stops
        .slice(0, mostNamed)
        .map(({ scope, until }) => `${nameOfScope(scope)}${ending(until)}`);
      const more = stops.length - named.length;
      return `Still paused: ${[...named, ...(more > 0 ? [`${more} more`] : [])].join('; ')}.`;
    } catch (error) {
      return `Nothing is fixed anywhere yet, because the stop switch cannot be read: ${String(error)}`;
    }
  }

  private async tell(noticeId: string, title: string, text: string, at: string): Promise<void> {
    const notice: Notice = { version: 1, noticeId, title, text, at };
    await this.parts.notices.give(notice, new Date(at));
  }
}

/** @throws OrderRefusedError with `why` when a pause stays as it is */
async function unlessStanding<Result>(turning: Promise<Result>, why: string): Promise<Result> {
  try {
    return await turning;
  } catch (error) {
    if (error instanceof StandingStopError) throw new OrderRefusedError(why, { cause: error });
    throw error;
  }
}

/** @returns ISO 8601 in UTC with milliseconds */
function endOfPause(until: string, now: Date): string {
  const end = Date.parse(until);
  if (end <= now.getTime()) throw new OrderRefusedError(`Nothing was paused: ${utc(until)} has passed.`);
  if (end > latestOrderEnd(now).getTime())
    throw new OrderRefusedError(
      `Nothing was paused: ${utc(until)} is more than ${mostDaysAhead} days ahead.`,
    );
  return new Date(end).toISOString();
}

/** What a pause takes the place of must not vanish unseen: it may have been meant to last longer. */
function replacedSentence(replaced: Stop | undefined, now: Date): string {
  if (!replaced || activeStops([replaced], now).length === 0) return '';
  return `This replaces the pause by ${replaced.by}${ending(replaced.until) || ' without an end'}: ${replaced.reason}`;
}

function ending(until: string | undefined): string {
  return until === undefined ? '' : ` until ${utc(until)}`;
}

function heldSentence(held: number): string {
  if (held === 0) return 'No finding was held for it.';
  return `${held} held ${held === 1 ? 'finding is' : 'findings are'} looked at again, from the next minute on.`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function answered(text: string): OrderAnswer {
  return { version: orderVersion, done: true, text };
}
