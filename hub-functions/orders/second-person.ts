import type { CompiledPolicy } from '../../config/compiled';
import { type Actor, actorText, isPerson, isSamePerson } from '../../core/actor';
import { agreedOrder } from '../../core/agreed-order';
import { isCarriedOut, type Order } from '../../core/order';
import { subjectDigest } from '../../core/order-digest';
import { utc } from '../../core/utc';
import type { Proposal, Proposals } from '../../ledger/orders/proposals';
import { type OrderPlaces, orderPermission } from '../order-permission';

/** How long the first of two persons' orders waits for the second. */
const waitingMilliseconds = 24 * 60 * 60_000;
/** How often others may be faster. */
const mostTries = 5;

/** Thrown when two persons' orders keep meeting: it is to be sent again. */
export class ContendedError extends Error {
  override readonly name = 'ContendedError';
}

/** What asking for a second person takes. */
export interface SecondPersonParts {
  proposals: Proposals;
  policy: CompiledPolicy;
  /**
   * Who gave an order before, as is known of him now: in Slack, without the groups that he has left; undefined where he is gone. Where
   * the way by which the second person comes cannot ask, as it was then.
   */
  asOfNow(actor: Actor): Promise<Actor | undefined>;
  now(): Date;
}

/** What becomes of an order that takes two persons. */
export type Seconded =
  | { is: 'agreed'; order: Order; proposer: Actor }
  | { is: 'proposed'; text: string; until: string }
  | { is: 'refused'; text: string };

/**
 * An order that takes two persons: the first one's is kept, and whoever else orders the same within a day has it carried out. Who has
 * left, or may not order it any more, blocks nobody: the next one's is the first then.
 * @throws ContendedError; UnresolvedPlaceError
 */
export async function askSecondPerson(
  actor: Actor,
  order: Order,
  places: OrderPlaces,
  parts: SecondPersonParts,
): Promise<Seconded> {
  if (!isPerson(actor)) {
    const text = `To ${order.order} takes two persons, and ${actorText(actor)} is no person: only who signs in with IAM Identity Center, or decides in Slack, is one.`;
    return { is: 'refused', text };
  }
  const { proposals, now } = parts;
  const end = endOf(order);
  if (end <= now().getTime()) {
    return { is: 'refused', text: `Its end, ${utc(new Date(end))}, has passed.` };
  }
  const subject = subjectDigest(order);
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const { proposal, version } = await proposals.read(subject);
    const first = proposal && (await countingOrder(proposal, order, places, parts));
    if (proposal && first && !isSamePerson(proposal.actor, actor)) {
      const used = { ...proposal, usedBy: order.key };
      if (proposal.usedBy === order.key || (await proposals.write(subject, used, version, now())))
        return { is: 'agreed', order: agreedOrder(first, order), proposer: proposal.actor };
      continue;
    }
    if (proposal && first) return proposed(proposal.until, 'You have proposed it already.');
    const at = now();
    const until = new Date(Math.min(at.getTime() + waitingMilliseconds, end)).toISOString();
    if (await proposals.write(subject, { actor, order, until }, version, at))
      return proposed(until, 'Proposed.');
  }
  throw new ContendedError('Others order the same at this moment.');
}

/** What the first person has ordered, where it still counts for this order. */
async function countingOrder(
  { actor, order: first, until, usedBy }: Proposal,
  order: Order,
  places: OrderPlaces,
  { policy, asOfNow, now }: SecondPersonParts,
): Promise<Order | undefined> {
  const isOpen = usedBy === undefined ? Date.parse(until) > now().getTime() : usedBy === order.key;
  if (!isOpen || !isCarriedOut(first) || !isPerson(actor)) return undefined;
  const giver = await asOfNow(actor);
  return giver && (await orderPermission(giver, first, policy, places)).allowed ? first : undefined;
}

/** When what is ordered ends; milliseconds since the epoch. From then on it is nothing that a second person could want. */
function endOf(order: Order): number {
  return 'until' in order && order.until !== undefined ? Date.parse(order.until) : Number.POSITIVE_INFINITY;
}

function proposed(until: string, said: string): Seconded {
  const text = `${said} It takes two persons: nothing is done until another one, who signs in with IAM Identity Center or decides in Slack, orders the same before ${utc(until)}. The channel is told, with the command that agrees. The earlier of two ends counts.`;
  return { is: 'proposed', text, until };
}
