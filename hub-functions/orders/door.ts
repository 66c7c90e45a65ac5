import type { CompiledPolicy } from '../../config/compiled';
import { type Actor, actorId, actorOf, actorText, type CallerIdentity } from '../../core/actor';
import { isCarriedOut, type Order, type OrderRequest } from '../../core/order';
import { orderDigest } from '../../core/order-digest';
import { allRights, mayOrder, type OrderRuling } from '../../decision/people';
import type { KeptOrder, KeptOrders } from '../../ledger/orders/orders';
import { UnresolvedPlaceError } from '../../ledger/organization/place-errors';
import { orderPermission } from '../order-permission';
import { type CarryingOutParts, carryOut, settledReply } from './carrying-out';
import { KeptPlaces, type KeptPlacesParts } from './kept-places';
import { answered, notTaken, type Reply } from './reply';
import { parseRequest, type RequestBody } from './request';
import { askSecondPerson, ContendedError, type SecondPersonParts } from './second-person';
import { Viewing, type ViewingParts } from './viewing';

/** API Gateway waits 29 seconds for a function, and so long it takes to answer after the last look. */
const answerMilliseconds = 25_000;

type Write = (message: string, details: Record<string, unknown>) => void;

/** What the door works with. */
export interface DoorParts extends CarryingOutParts, SecondPersonParts, ViewingParts, KeptPlacesParts {
  policy: CompiledPolicy;
  kept: Pick<KeptOrders, 'read' | 'write'>;
  now(): Date;
  log: { info: Write; warn: Write; error: Write };
}

/** A request as API Gateway hands it over: the caller is whom AWS has verified. */
export interface DoorRequest extends RequestBody {
  requestContext?: { identity?: CallerIdentity };
}

/** A request that is taken: who asks, where accounts lie, and until when an answer is wanted. */
interface Asking {
  actor: Actor;
  places: KeptPlaces;
  until: number;
}

/**
 * The one door for people's orders. Who gives one is what AWS says of a call, or Slack of a click; what he may is what the policy says,
 * and the coordinator alone carries out. An order is written down under its key before it is carried out: sent again, it has the same
 * answer, and no other effect.
 */
export class Door {
  private readonly viewing: Viewing;

  constructor(private readonly parts: DoorParts) {
    this.viewing = new Viewing(parts);
  }

  /** Answers one request of API Gateway's. Never throws. */
  async answer(asked: DoorRequest): Promise<Reply> {
    const { log } = this.parts;
    const actor = actorOf(asked.requestContext?.identity ?? {});
    if (!actor) {
      log.warn('Refused a caller who is not understood', { identity: asked.requestContext?.identity });
      return notTaken(
        403,
        'Orders are taken from roles, users and the root of an account; who calls is none of these.',
      );
    }
    const parsed = parseRequest(asked);
    if ('malformed' in parsed) {
      log.warn('A request is malformed', { actor: actorText(actor), why: parsed.malformed });
      return notTaken(400, parsed.malformed);
    }
    const { request, claimed } = parsed;
    if (claimed !== undefined)
      log.warn('A claimed name is ignored', { claimed, actor: actorText(actor), key: request.key });
    return await this.give(actor, request);
  }

  /**
   * Answers what somebody asks for, by whatever way he came. Never throws.
   * @param actor as AWS or Slack has verified him: nothing here asks again who that is
   */
  async give(actor: Actor, request: OrderRequest): Promise<Reply> {
    const { log, now } = this.parts;
    const until = now().getTime() + answerMilliseconds;
    try {
      const places = new KeptPlaces(this.parts);
      const reply = await this.dispatch(request, { actor, places, until });
      log.info('Answered', {
        key: request.key,
        order: request.order,
        actor: actorText(actor),
        status: reply.status,
      });
      return reply;
    } catch (error) {
      log.error('An order could not be taken', {
        key: request.key,
        order: request.order,
        error: String(error),
      });
      return notTaken(503, laterText(error));
    }
  }

  /**
   * Whether the policy lets somebody give an order. It is asked again when he gives it.
   * @throws UnresolvedPlaceError when it cannot be told now where that is; AWS's error when the ledger cannot be read
   */
  may(actor: Actor, order: Order): Promise<OrderRuling> {
    return orderPermission(actor, order, this.parts.policy, new KeptPlaces(this.parts));
  }

  /** Whether an order was written down under a key, whatever became of it. */
  async knows(key: string): Promise<boolean> {
    return (await this.parts.kept.read(key)) !== undefined;
  }

  private dispatch(request: OrderRequest, asking: Asking): Promise<Reply> {
    return isCarriedOut(request) ? this.take(request, asking) : this.look(request, asking);
  }

  /** What changes nothing is answered here. */
  private async look(request: Exclude<OrderRequest, Order>, asking: Asking): Promise<Reply> {
    const { policy } = this.parts;
    const { actor } = asking;
    switch (request.order) {
      case 'whoami':
        return answered(`You are ${actorText(actor)}.`, {
          rights: allRights(actor, policy),
        });
      case 'policy': {
        const permission = mayOrder(actor, 'preview', { scope: 'organization' }, policy);
        if (permission.allowed)
          return answered('The policy that is deployed.', { policy: JSON.stringify(policy) });
        return this.refused(request, actor, notTaken(403, permission.wouldAllow));
      }
      case 'findings':
        return this.refused(request, actor, await this.viewing.findings(request, asking));
      case 'finding':
        return this.refused(request, actor, await this.viewing.finding(request, asking));
    }
  }

  /** An order that the coordinator carries out. */
  private async take(order: Order, asking: Asking): Promise<Reply> {
    const { actor, until } = asking;
    const kept = await this.parts.kept.read(order.key);
    const next = kept ? await this.again(kept, order, asking) : await this.first(order, asking);
    if ('status' in next) return next;
    const isOwn = actorId(next.actor) === actorId(actor) && next.digest === orderDigest(order);
    if (!isOwn) return this.conflict(order, actor);
    if (next.state === 'given' || next.state === 'taken') return carryOut(next, until, this.parts);
    return settledReply(next) ?? notTaken(503, laterText(undefined));
  }

  /** An order whose key is known: it is answered as it was, or carried out to its end, where its givers may still order it. */
  private async again(kept: KeptOrder, order: Order, asking: Asking): Promise<KeptOrder | Reply> {
    if (kept.state !== 'given' && kept.state !== 'taken') return kept;
    if (actorId(kept.actor) !== actorId(asking.actor)) return kept;
    const { policy, log } = this.parts;
    // What groups he is in is known better now than when he gave it.
    for (const giver of [asking.actor, ...(kept.proposer ? [kept.proposer] : [])]) {
      const permission = await orderPermission(giver, order, policy, asking.places);
      if (permission.allowed) continue;
      const { wouldAllow } = permission;
      log.warn('Refused to go on with an order', { key: order.key, actor: actorText(giver), wouldAllow });
      return notTaken(403, wouldAllow);
    }
    return kept;
  }

  /** Writes an order down that is new. @returns it as it is kept: another request with the same key may have been faster */
  private async first(order: Order, asking: Asking): Promise<KeptOrder | Reply> {
    const { policy, kept, log } = this.parts;
    const { actor, places } = asking;
    const permission = await orderPermission(actor, order, policy, places);
    const next = permission.allowed
      ? await this.given(order, asking, permission)
      : this.refusal(order, actor, permission.wouldAllow);
    const { key, state } = next;
    const details = { key, order, actor: actorText(actor), state };
    if (next.state === 'refused') log.warn('Refused an order', { ...details, why: next.answer.text });
    else
      log.info('Took an order', { ...details, ...(permission.allowed && { because: permission.because }) });
    const written = (await kept.write(next, 0)) ?? (await kept.read(key));
    return written ?? notTaken(503, laterText(undefined));
  }

  private async given(
    order: Order,
    { actor, places }: Asking,
    { needsSecondPerson }: Extract<OrderRuling, { allowed: true }>,
  ): Promise<KeptOrder> {
    const base = this.keptBase(order, actor);
    if (!needsSecondPerson) return { ...base, state: 'given', tries: 0 };
    const seconded = await askSecondPerson(actor, order, places, this.parts);
    switch (seconded.is) {
      case 'agreed': {
        const { order: agreed, proposer } = seconded;
        return { ...base, state: 'given', tries: 0, order: agreed, proposer };
      }
      case 'refused':
        return this.refusal(order, actor, seconded.text);
      case 'proposed': {
        const { body } = notTaken(403, seconded.text);
        return { ...base, state: 'proposed', answer: { ...body, waitsUntil: seconded.until } };
      }
    }
  }

  private refusal(request: OrderRequest, actor: Actor, why: string): KeptOrder {
    return { ...this.keptBase(request, actor), state: 'refused', answer: notTaken(403, why).body };
  }

  /** Every refusal is recorded, also of what changes nothing. */
  private async refused(request: OrderRequest, actor: Actor, reply: Reply): Promise<Reply> {
    if (reply.status !== 403 || !('text' in reply.body)) return reply;
    const { text } = reply.body;
    this.parts.log.warn('Refused an order', { order: request, actor: actorText(actor), why: text });
    await this.parts.kept.write(this.refusal(request, actor, text), 0);
    return reply;
  }

  private conflict({ key, order }: Order, actor: Actor): Reply {
    this.parts.log.warn('Refused a key that belongs to another order', {
      key,
      order,
      actor: actorText(actor),
    });
    return notTaken(409, `The key ${key} belongs to another order, or to somebody else's. Give a new order.`);
  }

  private keptBase(order: OrderRequest, actor: Actor) {
    const at = this.parts.now().toISOString();
    return { version: 0, key: order.key, actor, digest: orderDigest(order), order, at };
  }
}

function laterText(error: unknown): string {
  const why =
    error instanceof UnresolvedPlaceError || error instanceof ContendedError ? ` ${error.message}` : '';
  return `The hub could not take the order just now.${why} Send it again, with the same key.`;
}
