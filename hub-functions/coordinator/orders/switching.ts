import { accountIdPattern } from '../../../contract/finding';
import type { Notice } from '../../../contract/notice';
import { type OrderAnswer, type OrderOf, orderVersion } from '../../../contract/order';
import type { Ledger } from '../../ledger/ledger';
import type { Notices } from '../../ledger/notices';
import { type StopSwitch, stopFor, stopReason, wholeOrganization } from '../../ledger/stop-switch';
import { restUntil } from '../../ledger/transitions';
import { UnknownAccountError } from '../organization';
import type { Places } from '../ruling';
import { lookMilliseconds, type Remaining } from '../time-limits';

/** What the stop switch is turned with. */
export interface SwitchingParts {
  ledger: Pick<Ledger, 'due' | 'read' | 'change'>;
  stopSwitch: Pick<StopSwitch, 'stop' | 'resume' | 'stops'>;
  notices: Pick<Notices, 'give'>;
  organization: Places;
  now: () => Date;
}

/** Later than anything is due. */
const everything = new Date('9999-01-01T00:00:00.000Z');
const pageSize = 100;

/** Turns the stop switch. It counts from the next write of any fix on; findings are kept. */
export class Switching {
  constructor(private readonly parts: SwitchingParts) {}

  async pause({ scope, reason, by }: OrderOf<'pause'>): Promise<OrderAnswer> {
    const { stopSwitch } = this.parts;
    await this.checkAccount(scope);
    const at = this.parts.now().toISOString();
    await stopSwitch.stop({ scope, reason, by, at });
    const what = nameOf(scope);
    await this.tell(
      `pause#${scope}#${at}`,
      `Paused: ${what}`,
      `Nothing is fixed in ${what} until it is resumed. ${by}: ${reason}`,
      at,
    );
    return answered(
      `${capitalized(what)} is paused. Findings are kept, and nothing is fixed until it is resumed.`,
    );
  }

  async resume({ scope, by }: OrderOf<'resume'>, remaining: Remaining): Promise<OrderAnswer> {
    const { stopSwitch } = this.parts;
    const at = this.parts.now().toISOString();
    const what = nameOf(scope);
    if (!(await stopSwitch.resume(scope))) return answered(`${capitalized(what)} was not paused.`);
    await this.tell(
      `resume#${scope}#${at}`,
      `Resumed: ${what}`,
      `${by} has resumed ${what}. What was held is read again, and then fixed.`,
      at,
    );
    const still = scope === wholeOrganization ? undefined : stopFor(await stopSwitch.stops(), [scope]);
    if (still)
      return answered(`${capitalized(what)} is resumed, but nothing is fixed yet: ${stopReason(still)}`);
    const woken = await this.wake(remaining);
    return answered(
      `${capitalized(what)} is resumed. ${woken} held ${woken === 1 ? 'finding is' : 'findings are'} looked at again now.`,
    );
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

  /** What is held is due at once; what no time is left for becomes due by itself. Whether it is still stopped is asked then. */
  private async wake(remaining: Remaining): Promise<number> {
    const { ledger, now } = this.parts;
    let woken = 0;
    let next: Record<string, unknown> | undefined;
    do {
      const page = await ledger.due(everything, pageSize, next);
      for (const key of page.keys) {
        if (remaining() < lookMilliseconds) return woken;
        // Notices wait there too.
        const record = key.record.startsWith('occurrence#') ? await ledger.read(key) : undefined;
        if (record?.state !== 'held' || record.heldBy !== 'stop') continue;
        await ledger.change(record, (fresh) =>
          fresh.state === 'held' && fresh.heldBy === 'stop' ? restUntil(fresh, now()) : undefined,
        );
        woken += 1;
      }
      next = page.next;
    } while (next);
    return woken;
  }

  private async tell(noticeId: string, title: string, text: string, at: string): Promise<void> {
    const notice: Notice = { version: 1, noticeId, title, text, at };
    await this.parts.notices.give(notice, new Date(at));
  }
}

function nameOf(scope: string): string {
  if (scope === wholeOrganization) return 'the whole organization';
  return accountIdPattern.test(scope) ? `account ${scope}` : `the unit ${scope}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function answered(text: string): OrderAnswer {
  return { version: orderVersion, done: true, text };
}
