import * as z from 'zod/mini';
import type { CompiledPolicy } from '../../../config/compiled';
import { type Actor, actorText } from '../../../core/actor';
import { cut } from '../../../core/cut';
import { accountIdPattern } from '../../../core/finding';
import { type Waiting, withRetries } from '../../../core/jittered';
import type { Notice } from '../../../core/notice';
import {
  isCarriedOut,
  type Order,
  type OrderAnswer,
  orderKeyPattern,
  orderVersion,
} from '../../../core/order';
import type { OrderRuling } from '../../../decision/people';
import { wholeOrganization } from '../../../ledger/limits/stop';
import { givenParts, type KeptOrder, type KeptOrderIn, type KeptOrders } from '../../../ledger/orders/orders';
import { UnresolvedPlaceError } from '../../../ledger/organization/place-errors';
import { RecordError } from '../../../ledger/table/errors';
import type { Notices } from '../../../ledger/told/notices';
import { type OrderPlaces, orderPermission, reasonOf } from '../../order-permission';
import { orderedText } from '../../ordered-text';
import type { Log } from '../log';
import { orphanMilliseconds, type Remaining } from '../time-limits';
import { boundedAnswer } from './bounded-answer';
import type { Orders } from './orders';
import { NotNowError } from './refused';

/** What invokes the coordinator with an order. */
const eventSchema = z.strictObject({ orderKey: z.string().check(z.regex(orderKeyPattern)) });

/** `by` has room for so much; characters. */
const longestBy = 300;
const breakGlassWords = ' (break-glass)';

/** What carrying out the orders of the ledger takes. */
export interface GivenOrdersParts extends Waiting {
  kept: Pick<KeptOrders, 'read' | 'write'>;
  orders: Pick<Orders, 'carryOut'>;
  policy: CompiledPolicy;
  organization: OrderPlaces;
  notices: Pick<Notices, 'give'>;
  log: Log;
  now: () => Date;
  newHolder: () => string;
}

type Switch = Extract<Order, { order: 'pause' | 'resume' }>;
type Allowed = Extract<OrderRuling, { allowed: true }>;

/**
 * Carries out orders that the orders function wrote down, by their keys: what to do comes from the ledger alone. One invocation at a
 * time has an order. Where it dies, or cannot do it yet, the order is carried out when its key comes again.
 */
export class GivenOrders {
  constructor(private readonly parts: GivenOrdersParts) {}

  /**
   * Carries out the order of an event, and writes its answer.
   * @param event whatever the coordinator was invoked with: anything but the key of an order that is given does nothing, and is logged
   */
  async take(event: unknown, remaining: Remaining): Promise<void> {
    const { kept, now, newHolder, log } = this.parts;
    const parsed = eventSchema.safeParse(event);
    if (!parsed.success) {
      const said = cut(JSON.stringify(event) ?? 'undefined', 1_000);
      log.warn('Invoked with what is neither a message nor the key of an order: nothing was done', { said });
      return;
    }
    const { orderKey } = parsed.data;
    const found = await this.read(orderKey);
    if (!found) return;
    const until = new Date(now().getTime() + remaining() + orphanMilliseconds).toISOString();
    const lease = { holder: newHolder(), until };
    const taken = await kept.write(
      { ...givenParts(found), state: 'taken', ...lease, tries: found.tries + 1 },
      found.version,
    );
    if (!taken) {
      log.info('Another invocation carries out the order', { orderKey });
      return;
    }
    await this.finish(taken, remaining);
  }

  /** @returns undefined, and says why, where nothing is to be done */
  private async read(orderKey: string): Promise<KeptOrderIn<'given' | 'taken'> | undefined> {
    const { kept, now, log } = this.parts;
    let found: KeptOrder | undefined;
    try {
      found = await kept.read(orderKey);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      log.error('An order cannot be read: nothing was done', { orderKey, error: error.message });
      return undefined;
    }
    if (found?.state === 'given') return found;
    if (found?.state === 'taken') {
      if (Date.parse(found.until) <= now().getTime()) return found;
      log.info('Another invocation carries out the order', { orderKey });
      return undefined;
    }
    const details = { orderKey, state: found?.state };
    if (found?.state === 'answered') log.info('The order was answered before', details);
    else log.warn('Invoked with the key of no order that is given: nothing was done', details);
    return undefined;
  }

  private async finish(taken: KeptOrderIn<'taken'>, remaining: Remaining): Promise<void> {
    const { kept, log } = this.parts;
    const given = givenParts(taken);
    try {
      const { state, answer } = await this.carryOut(taken, remaining);
      await this.settle(taken, { ...given, state, answer: boundedAnswer(answer) });
    } catch (error) {
      // Whoever sends it again has it carried out at once.
      await kept
        .write({ ...given, state: 'given' }, taken.version)
        .catch((other: unknown) =>
          log.warn('An order stays taken', { key: taken.key, error: String(other) }),
        );
      if (!(error instanceof NotNowError || error instanceof UnresolvedPlaceError)) throw error;
      log.info('The order has to wait', { key: taken.key, why: error.message });
    }
  }

  /** Asked again here, where it takes effect: the account may have moved since the orders function has asked. */
  private async carryOut(
    { order, actor, proposer, tries, at }: KeptOrderIn<'taken'>,
    remaining: Remaining,
  ): Promise<{ state: 'answered' | 'refused'; answer: OrderAnswer }> {
    const { policy, organization, orders, log } = this.parts;
    if (!isCarriedOut(order)) return refusal('It is answered where it arrives.');
    const givers = proposer ? [proposer, actor] : [actor];
    const allowed: Allowed[] = [];
    for (const giver of givers) {
      const permission = await orderPermission(giver, order, policy, organization);
      if (!permission.allowed || (permission.needsSecondPerson && !proposer)) {
        const why = permission.allowed ? 'It takes two persons.' : permission.wouldAllow;
        log.warn('Refused an order', { order, actor: actorText(giver), why });
        return refusal(why);
      }
      allowed.push(permission);
    }
    const breakGlass = allowed.some((permission) => permission.breakGlass);
    const longest = Math.floor((longestBy - breakGlassWords.length) / givers.length) - ' and '.length;
    const by = givers.map((giver) => cut(actorText(giver), longest, '...')).join(' and ');
    const given = {
      ...order,
      by: breakGlass ? `${by}${breakGlassWords}` : by,
      at,
      ...(order.order === 'pause' && (await this.mayThaw(givers, order)) && { mayThaw: true as const }),
      ...(order.order === 'resume' && (await this.tellOf(givers, order))),
    };
    if (breakGlass) await this.tell(order, by, at);
    return { state: 'answered', answer: await orders.carryOut(given, remaining, tries > 1) };
  }

  /** Whether who orders a pause may end one of the same: otherwise a pause that ends at once would end any. */
  private async mayThaw(givers: readonly Actor[], { version, key, scope }: Switch): Promise<boolean> {
    const { policy, organization } = this.parts;
    const resume = { version, key, order: 'resume', scope } as const;
    for (const giver of givers) {
      const permission = await orderPermission(giver, resume, policy, organization);
      if (!permission.allowed || (permission.needsSecondPerson && givers.length < 2)) return false;
    }
    return true;
  }

  /** Who may not end every pause hears of those alone that hold for what he resumes. */
  private async tellOf(givers: readonly Actor[], order: Switch): Promise<{ tellOf?: readonly string[] }> {
    if (await this.mayThaw(givers, { ...order, scope: wholeOrganization })) return {};
    const { scope } = order;
    const { organization } = this.parts;
    const place = accountIdPattern.test(scope)
      ? await organization.place(scope)
      : await organization.unit(scope);
    return { tellOf: [wholeOrganization, scope, ...(place?.path ?? []).map(({ id }) => id)] };
  }

  /** Everybody hears of it, before anything is done. */
  private async tell(order: Order, by: string, at: string): Promise<void> {
    const notice: Notice = {
      version: 1,
      noticeId: `break-glass#${order.key}`,
      title: `Break-glass: ${order.order}`,
      text: `${by} uses break-glass to ${order.order} ${orderedText(order)}: ${reasonOf(order) ?? ''}`,
      at,
    };
    await this.parts.notices.give(notice, this.parts.now());
  }

  /** An answer that is not kept has the order carried out again. */
  private async settle(taken: KeptOrderIn<'taken'>, next: KeptOrder): Promise<void> {
    const { kept, log } = this.parts;
    const written = await withRetries(() => kept.write(next, taken.version), this.parts);
    if (written) return;
    const now = await kept.read(taken.key);
    if (now?.state !== next.state) log.warn('Another invocation has the order by now', { key: taken.key });
  }
}

function refusal(text: string): { state: 'refused'; answer: OrderAnswer } {
  return { state: 'refused', answer: { version: orderVersion, done: false, text } };
}
