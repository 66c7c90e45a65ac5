import type { Actor, SlackActor } from '../../../core/actor';
import { actorText } from '../../../core/actor';
import { findingId } from '../../../core/finding';
import { keyOf } from '../../../core/key-of';
import { noticeSubject } from '../../../core/notice';
import { isCarriedOut, type Order, type OrderAnswer, type OrderWorking } from '../../../core/order';
import type { FindingAction, SlackAction } from '../../../core/slack-action';
import { utc } from '../../../core/utc';
import type { OrderRuling } from '../../../decision/people';
import type { Proposals } from '../../../ledger/orders/proposals';
import type { Door } from '../../orders/door';
import type { Reply } from '../../orders/reply';
import type { ActionMessage, ApproveEachMessage, DecideMessage, FillMessage } from '../action-message';
import type { SlackApi } from '../api';
import { askWhy, needsReason } from './asking-why';
import type { ActedCard, ActionCards, CardFace, FindingReference, ShownDecision, Working } from './cards';
import { fillView } from './filling';
import { answerInView, refuseInView } from './in-view';
import { orderOf } from './order-of';
import type { SlackPeople } from './people';
import { tell, withdraw } from './telling';

/** After so long nobody works on it any more: longer than this function and the coordinator take together. Milliseconds. */
const workMilliseconds = 5 * 60_000;
/** Orders of one click that are given at once. */
const atOnce = 4;

type Write = (message: string, details: Record<string, unknown>) => void;

/** What the actions function works with. */
export interface ActionsParts<Card extends ActedCard, Listed> {
  people: Pick<SlackPeople, 'of'>;
  door: Pick<Door, 'may' | 'give' | 'knows'>;
  proposals: Pick<Proposals, 'read'>;
  cards: ActionCards<Card, Listed>;
  face: CardFace<Card, Listed>;
  slack: Pick<SlackApi, 'call' | 'respond'>;
  /** Wakes the poster of a channel. */
  hint(channel: string): Promise<void>;
  /** Puts a message into this function's own queue. */
  send(message: ActionMessage): Promise<void>;
  now(): Date;
  log: { info: Write; warn: Write; error: Write };
}

/** Thrown when an order is not answered yet: its message has to come again, and gets the answer then. */
export class NotAnsweredError extends Error {
  override readonly name = 'NotAnsweredError';
}

/** What came of an order that was answered. */
interface Outcome {
  done: boolean;
  text: string;
}

/**
 * Does what somebody decided in Slack, by the same door as every order: who it is comes from Slack at this moment, what he may from the
 * policy. Whatever stops in between is done again when the message comes again: the order has the same key, the mark is the same.
 */
export class Actions<Card extends ActedCard, Listed> {
  constructor(private readonly parts: ActionsParts<Card, Listed>) {}

  /**
   * @param isFirst whether the message comes for the first time: what the person saw of it already is not shown again
   * @throws anything: then the message has to come again
   */
  async take(message: ActionMessage, isFirst: boolean): Promise<void> {
    const { people, log } = this.parts;
    const known = await people.of(message.team, message.user);
    if ('refused' in known) {
      log.warn('Refused somebody', { user: message.user, action: message.action, why: known.refused });
      // The list on which he clicked is not shown anew to somebody who may not knock.
      const isSeen = await refuseInView(message, known.refused, this.parts);
      return this.tellBeside(message, known.refused, isSeen);
    }
    const { actor } = known;
    if (message.kind === 'fill') return this.fill(message, actor);
    if (message.kind === 'approve-each') return this.approveEach(message, actor, isFirst);
    const { action } = message;
    switch (action.order) {
      case 'list':
        return;
      case 'approve-all':
        return this.approveAll(message, action);
      case 'agree':
        return this.agree(message, action.proposal, actor);
      case 'thaw':
        return this.plain(message, orderOf(action, message), actor);
      default:
        return this.decide(message, action, actor, isFirst);
    }
  }

  /** What a view waits for; or why nothing comes out of it, before anybody decides in it for nothing. */
  private async fill(message: FillMessage, actor: SlackActor): Promise<void> {
    const refusal = await this.refusalOf(message, actor);
    return refusal === undefined ? fillView(message, this.parts) : this.tell(message, refusal);
  }

  /** Why a form cannot be sent off with any effect, as far as that is known before; whoever sends it off is judged anew. */
  private async refusalOf(
    { action, card: cardId, view }: FillMessage,
    actor: SlackActor,
  ): Promise<string | undefined> {
    if (!('finding' in action)) return undefined;
    const { door, cards, face, now } = this.parts;
    const order = orderOf(action, { key: keyOf('fill', view) });
    if (!order) return 'The decision cannot be understood, so nothing was done.';
    const ruling = await door.may(actor, order);
    if (!ruling.allowed && !needsReason(ruling)) return `${ruling.wouldAllow} Nothing was done.`;
    const card = await cards.read(cardId);
    if (card && face.offers(card, action)) return undefined;
    const shown = card && shownOn(card, action);
    if (shown?.working && Date.parse(shown.working.until) > now().getTime())
      return fasterText(shown.working, actorText(actor));
    const decision = shown && decisionIn(shown);
    const what = decision ? ` ${decision.by} ${decision.what} it at ${utc(decision.at)}.` : '';
    return `This cannot be decided here any more, so nothing was done.${what} Look at the message.`;
  }

  /** A decision on one finding. */
  private async decide(
    message: DecideMessage,
    action: FindingAction,
    actor: SlackActor,
    isFirst: boolean,
  ): Promise<void> {
    const order = orderOf(action, message);
    if (!order) return this.tell(message, 'The decision cannot be understood, so nothing was done.');
    const reference = { finding: action.finding, occurrence: action.occurrence };
    const ruling = await this.rulingOn(actor, order);
    if (action.order === 'approve' && needsReason(ruling)) return askWhy(message, action, actor, this.parts);
    const work = this.workOf(message, action, actor);
    if (takesEffect(ruling)) {
      const { taken } = await this.mark(message, [reference], work, isFirst);
      if (taken) {
        await this.tell(message, fasterText(taken, actorText(actor)));
        return;
      }
    }
    const { done, text } = await this.give(actor, order);
    if (done) return;
    await this.settle([reference], work);
    const decision = await this.decisionOf(message.card, reference, actor);
    await this.tell(
      message,
      decision === undefined || text.includes(decision) ? text : `${text} ${decision}`,
    );
  }

  /** Whether somebody may give an order; undefined of one that was given when the message came before: it may be done by now. */
  private async rulingOn(actor: Actor, order: Order): Promise<OrderRuling | undefined> {
    const { door } = this.parts;
    return (await door.knows(order.key)) ? undefined : door.may(actor, order);
  }

  /** The message, and every other one that shows the findings, says that it is worked on, before anything is done. */
  private async mark(
    message: Exclude<ActionMessage, { kind: 'fill' }>,
    references: readonly FindingReference[],
    work: Working,
    isFirst: boolean,
  ): Promise<{ taken?: Working }> {
    const { cards: all, face, slack, log } = this.parts;
    const { cards, taken } = await all.working(references, work);
    const clicked = cards.find(({ cardId }) => cardId === message.card);
    // Slack takes five such answers for a click. The address of a click in a digest's list is the digest's.
    const hasMessage = clicked && clicked.digest === undefined;
    const { action } = message;
    if (isFirst && action.order === 'approve' && action.breakGlass) {
      // The address of the click is that of what only he sees: it has served.
      await withdraw(message, this.parts);
    } else if (
      isFirst &&
      hasMessage &&
      message.responseUrl !== undefined &&
      clicked.channel === message.channel
    ) {
      const { text, blocks } = face.message(clicked);
      await slack
        .respond(message.responseUrl, { replace_original: true, text, blocks })
        .catch((error: unknown) =>
          log.warn('The message is shown late as worked on', { card: message.card, error: String(error) }),
        );
      await all.shownBeside(clicked);
    }
    await this.wake(cards);
    if (message.kind === 'decide' && message.listed) {
      const { view, card, page } = message.listed;
      const { kind: _kind, key: _key, listed: _listed, reason: _reason, until: _until, ...about } = message;
      const fill = { ...about, kind: 'fill' as const, action: { order: 'list' as const, card, page }, view };
      await fillView(fill, this.parts).catch((error: unknown) =>
        log.warn('A list is not shown anew', { card, error: String(error) }),
      );
    }
    return taken ? { taken } : {};
  }

  private async settle(references: readonly FindingReference[], work: Working): Promise<void> {
    await this.wake(await this.parts.cards.settled(references, work));
  }

  /** The outbox holds what is to be posted: a hint that is lost makes it late. */
  private async wake(cards: readonly Card[]): Promise<void> {
    const { hint, log } = this.parts;
    for (const channel of new Set(cards.map((card) => card.channel))) {
      await hint(channel).catch((error: unknown) =>
        log.warn('A channel is told late', { channel, error: String(error) }),
      );
    }
  }

  /**
   * Gives an order, and waits for its answer.
   * @throws NotAnsweredError when there is none yet
   */
  private async give(actor: Actor, order: Order): Promise<Outcome> {
    const { status, body }: Reply = await this.parts.door.give(actor, order);
    if (status === 202 || status === 503 || isWorking(body)) {
      throw new NotAnsweredError(`The order ${order.key} has no answer yet.`);
    }
    return { done: body.done, text: body.text };
  }

  /** Who decided on a finding, where somebody else did: a sentence. */
  private async decisionOf(
    cardId: string,
    reference: FindingReference,
    actor: Actor,
  ): Promise<string | undefined> {
    const card = await this.parts.cards.read(cardId);
    const shown = card && shownOn(card, reference);
    const decision = shown && decisionIn(shown);
    if (!decision || decision.by === actorText(actor)) return undefined;
    return `${decision.by} ${decision.what} it at ${utc(decision.at)}.`;
  }

  /** An order about no finding: what came of it is told, and the button of its notice goes. */
  private async plain(message: DecideMessage, order: Order | undefined, actor: SlackActor): Promise<void> {
    if (!order) return this.tell(message, 'The decision cannot be understood, so nothing was done.');
    const { done, text } = await this.give(actor, order);
    if (done) {
      const { action, at, card: cardId } = message;
      const [about, what] = [noticeSubject(action), action.order];
      const card = await this.parts.cards.done(cardId, { about, what, by: actorText(actor), at });
      if (card) await this.wake([card]);
    }
    await this.tell(message, text);
  }

  /** The second of two persons orders what the first one has. */
  private async agree(message: DecideMessage, subject: string, actor: SlackActor): Promise<void> {
    const { proposal } = await this.parts.proposals.read(subject);
    const first = proposal?.order;
    const isOver =
      !proposal ||
      (proposal.usedBy !== undefined && proposal.usedBy !== message.key) ||
      Date.parse(proposal.until) <= Date.parse(message.at);
    if (isOver || !first || !isCarriedOut(first)) {
      await this.tell(message, 'It does not wait for a second person any more, so nothing was done.');
      return;
    }
    const order = { ...first, key: message.key };
    if (order.order === 'approve' && needsReason(await this.rulingOn(actor, order))) {
      const { finding, occurrence, plan } = order;
      return askWhy(message, { order: 'approve', finding, occurrence, plan }, actor, this.parts);
    }
    await this.plain(message, order, actor);
  }

  /** What was shown is put down finding by finding, before the first is approved: afterwards the list is another one. */
  private async approveAll(
    message: DecideMessage,
    { card: cardId, list }: Extract<SlackAction, { order: 'approve-all' }>,
  ): Promise<void> {
    const { cards, face, send } = this.parts;
    const card = await cards.read(cardId);
    if (card && (await this.isHandedOn(message.key, card))) return;
    if (!card || face.listDigest(card) !== list) {
      await this.tell(
        message,
        'What the message shows is not the same any more, so nothing was approved by this click. Look at it again.',
      );
      return;
    }
    const { reason: _reason, until: _until, listed: _listed, ...about } = message;
    const findings = face
      .approvable(card)
      .map(({ finding, occurrence, plan }) => ({ finding, occurrence, plan }));
    await send({ ...about, kind: 'approve-each', findings });
  }

  /** Whether an order was given for any finding of a card already: then the click was delivered once more, and the list is another one. */
  private async isHandedOn(key: string, { findings }: Card): Promise<boolean> {
    const known = await Promise.all(findings.map((each) => this.parts.door.knows(keyOfEach(key, each))));
    return known.includes(true);
  }

  /** One order a finding, each by itself, and a summary. */
  private async approveEach(message: ApproveEachMessage, actor: SlackActor, isFirst: boolean): Promise<void> {
    const orders = message.findings.flatMap(({ finding, occurrence, plan }) => {
      const key = keyOfEach(message.key, { finding, occurrence });
      const order = orderOf({ order: 'approve', finding, occurrence, plan }, { key });
      return order ? [{ reference: { finding, occurrence }, order }] : [];
    });
    const work = this.workOf(message, { order: 'approve' }, actor);
    const allowed = [];
    for (const { reference, order } of orders) {
      if (takesEffect(await this.rulingOn(actor, order))) allowed.push(reference);
    }
    if (allowed.length > 0) await this.mark(message, allowed, work, isFirst);
    const outcomes: (Outcome & { reference: FindingReference })[] = [];
    let unanswered: unknown;
    for (let start = 0; start < orders.length; start += atOnce) {
      await Promise.all(
        orders.slice(start, start + atOnce).map(async ({ reference, order }) => {
          try {
            outcomes.push({ ...(await this.give(actor, order)), reference });
          } catch (error) {
            unanswered = error;
          }
        }),
      );
    }
    // What was answered has the same answer when the message comes again.
    if (unanswered !== undefined) throw unanswered;
    const failed = outcomes.filter(({ done }) => !done);
    if (failed.length > 0) {
      await this.settle(
        failed.map(({ reference }) => reference),
        work,
      );
    }
    await this.tell(message, summaryOf(outcomes));
  }

  private workOf({ at }: ActionMessage, { order }: Pick<SlackAction, 'order'>, actor: Actor): Working {
    const until = new Date(this.parts.now().getTime() + workMilliseconds).toISOString();
    return { what: order, by: actorText(actor), at, until };
  }

  /** In the view that lies before somebody: behind it he would not see it. Else where he has clicked. */
  private async tell(message: ActionMessage, text: string): Promise<void> {
    return this.tellBeside(message, text, await answerInView(message, text, this.parts));
  }

  /** Whoever has closed a view that still waited, or has sent its form off, misses nothing: what he sent off has an answer of its own. */
  private async tellBeside(message: ActionMessage, text: string, isSeen: boolean): Promise<void> {
    if (!isSeen && message.kind !== 'fill') await tell(message, { text }, this.parts);
  }
}

/**
 * Whether an order is to be carried out now: nobody who may not give it, or is not alone to, gets a message to say that it is worked on.
 */
function takesEffect(ruling: OrderRuling | undefined): boolean {
  return ruling?.allowed === true && !ruling.needsSecondPerson;
}

function shownOn<Shown extends FindingReference>(
  { findings }: { findings: readonly Shown[] },
  { finding, occurrence }: FindingReference,
): Shown | undefined {
  const id = findingId(finding, occurrence);
  return findings.find((each) => findingId(each.finding, each.occurrence) === id);
}

function decisionIn({ report, decisions }: ActedCard['findings'][number]): ShownDecision | undefined {
  return report.decision ?? decisions.at(-1);
}

/** The key of the order for one of several findings that were approved together. */
function keyOfEach(key: string, { finding, occurrence }: FindingReference): string {
  return keyOf(key, findingId(finding, occurrence));
}

/** @param clicked who clicked now: he may have clicked before */
function fasterText({ by, at, what }: Working, clicked: string): string {
  const who = by === clicked ? 'You have decided before, and your' : `${by} was faster, and the`;
  return `${who} decision (${what}) is worked on since ${utc(at)}. Nothing was done on this click.`;
}

function isWorking(body: OrderAnswer | OrderWorking): body is OrderWorking {
  return 'working' in body;
}

function summaryOf(outcomes: readonly (Outcome & { reference: FindingReference })[]): string {
  const failed = outcomes.filter(({ done }) => !done);
  const lines = failed.map(
    ({ reference: { finding, occurrence }, text }) => `• ${findingId(finding, occurrence)}: ${text}`,
  );
  return [`Approved ${outcomes.length - failed.length} of ${outcomes.length}.`, ...lines].join('\n');
}
