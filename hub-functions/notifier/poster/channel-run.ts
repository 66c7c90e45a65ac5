import { type Card, emptyCard } from '../../../ledger/cards/card';
import type { HeldChannel } from '../../../ledger/cards/channels';
import type { OutboxEntry } from '../../../ledger/cards/outbox';
import { digestFile } from '../../card/digest-file';
import { isUnsettled, nextStep, type Step } from './next-step';
import type { Pace, PacedCall } from './pace';
import type { PosterParts } from './parts';
import {
  ForbiddenChangeError,
  LimitedError,
  MissingMessageError,
  PostError,
  RefusedMessageError,
} from './slack-errors';
import { callMilliseconds } from './slack-posts';
import { counted, isTooMany, newStorm, quietMilliseconds, withinMinute } from './storms';

/** A digest is kept up to date so often at most, so that it takes few of the calls that Slack allows. */
const digestMilliseconds = 4_000;
/** So many cards are taken into a digest at once. */
const atOnce = 10;
/** How often a call waits out a limit of Slack's before the rest is left to another run. */
const mostWaits = 30;

/** One run of the poster over a channel that it holds. */
export class ChannelRun {
  private readonly digestsShownAt = new Map<string, number>();

  /** @param remaining milliseconds that are left to this invocation */
  constructor(
    private readonly parts: PosterParts,
    private readonly held: HeldChannel,
    private readonly pace: Pace,
    private readonly remaining: () => number,
  ) {}

  /**
   * Tells what is due. Where too much is new, a digest stands for it.
   * @throws PostError where Slack does not take it now; what is not told stays in the outbox
   */
  async tell(due: readonly OutboxEntry[]): Promise<void> {
    const { storm, outbox } = this.parts;
    const { state } = this.held;
    const fresh = due.filter(({ isNew }) => isNew);
    const now = this.now();
    const digest = await this.digestNow(now);
    if (fresh.length > 0 && (digest || isTooMany(state.begun, fresh.length, storm, now))) {
      const card = digest ?? (await this.beginStorm());
      await this.takeIn(card.cardId, fresh);
      await outbox.put({
        channel: this.held.channel,
        cardId: card.cardId,
        dueAt: this.parts.now().toISOString(),
        isNew: false,
      });
      // What is due has changed.
      return;
    }
    for (const entry of due) await this.tend(entry);
  }

  /** The digest that takes what is new; undefined where there is no storm. */
  private async digestNow(now: number): Promise<Card | undefined> {
    const { digest, ...state } = this.held.state;
    if (digest === undefined) return undefined;
    const card = await this.parts.cards.read(digest);
    if (card?.storm && now < Date.parse(card.storm.lastAt) + quietMilliseconds) return card;
    await this.keep(state);
    return undefined;
  }

  private async beginStorm(): Promise<Card> {
    const { cards, now, log } = this.parts;
    const { channel, state } = this.held;
    const at = now();
    const card = { ...emptyCard(channel, `digest ${at.toISOString()}`, at), storm: newStorm(at) };
    await cards.create(card);
    await this.keep({ ...state, digest: card.cardId });
    log.info('A digest stands for what is new in a channel', { channel, card: card.cardId });
    return card;
  }

  /** Has a digest stand for cards that have no message yet. */
  private async takeIn(digest: string, fresh: readonly OutboxEntry[]): Promise<void> {
    const { cards, members, outbox, now } = this.parts;
    const takeIn = async (entry: OutboxEntry) => {
      const card = await cards.change(entry.cardId, (before) =>
        before.ts !== undefined || before.digest !== undefined ? before : { ...before, digest },
      );
      // Whoever posted it was stopped before he could say so.
      if (card?.ts !== undefined) return outbox.comeAgain(entry, now());
      if (card) await members.put(card, now());
      return outbox.done(entry);
    };
    for (let start = 0; start < fresh.length; start += atOnce) {
      this.checkTime();
      await Promise.all(fresh.slice(start, start + atOnce).map(takeIn));
    }
    const lastAt = now().toISOString();
    await cards.change(digest, (card) => (card.storm ? { ...card, storm: { ...card.storm, lastAt } } : card));
  }

  /** Does all that is to be done for one card. */
  private async tend(entry: OutboxEntry): Promise<void> {
    const { cards, members, outbox } = this.parts;
    let card = await cards.read(entry.cardId);
    if (card?.digest !== undefined) {
      // It came into the digest, and its entry was written once more, or not taken away.
      await members.put(card, this.parts.now());
      await outbox.put({ ...entry, cardId: card.digest, isNew: false });
      card = undefined;
    }
    if (!card) return outbox.done(entry);
    if (card.storm) {
      const wait = (this.digestsShownAt.get(card.cardId) ?? 0) + digestMilliseconds - this.now();
      if (wait > 0) return outbox.comeAgain(entry, new Date(this.now() + wait));
      card = (await this.recounted(card.cardId)) ?? card;
    }
    for (;;) {
      this.checkTime();
      const { storm } = card;
      const step = nextStep(card, {
        titleOf: this.parts.titleOf,
        hasButtons: this.parts.hasButtons,
        now: this.parts.now(),
        isStormy: this.held.state.digest !== undefined,
        expireMinutes: this.parts.expireMinutes,
      });
      if (step.do === 'rest') {
        // A storm that is on ends by itself; threads wait for that.
        const quiet = storm && storm.endedAt === undefined ? Date.parse(storm.lastAt) : undefined;
        const ends = quiet === undefined ? await this.threadsWaitUntil(card) : quiet + quietMilliseconds;
        const until = Math.min(step.until?.getTime() ?? Number.POSITIVE_INFINITY, ends);
        if (until === Number.POSITIVE_INFINITY) return outbox.done(entry);
        return outbox.comeAgain(entry, new Date(until));
      }
      const after = await this.make(card, step);
      if (!after) return outbox.done(entry);
      card = after;
    }
  }

  /** Until when a card's thread waits for the end of a storm; never, where it has nothing to tell. */
  private async threadsWaitUntil({ replies, ask, storm }: Card): Promise<number> {
    const { digest } = this.held.state;
    const waits = !storm && (replies.length > 0 || ask?.told === false);
    if (!waits || digest === undefined) return Number.POSITIVE_INFINITY;
    const card = await this.parts.cards.read(digest);
    return Date.parse(card?.storm?.lastAt ?? this.parts.now().toISOString()) + quietMilliseconds;
  }

  /** A digest with what its cards say now; ended, where nothing came for a while. */
  private async recounted(digest: string): Promise<Card | undefined> {
    const { cards, members, now } = this.parts;
    const all = await members.of(digest);
    const at = now();
    return cards.change(digest, (card) => {
      if (!card.storm) return card;
      const isOver = at.getTime() >= Date.parse(card.storm.lastAt) + quietMilliseconds;
      const storm = {
        ...counted(card.storm, all),
        ...(isOver && card.storm.endedAt === undefined && { endedAt: at.toISOString() }),
      };
      const waits = (storm.states.waiting ?? 0) > 0;
      const { ask, ...rest } = card;
      const asking = waits ? (ask ?? { since: at.toISOString(), told: false, reminded: 0 }) : undefined;
      const after = { ...rest, storm, ...(asking && { ask: asking }) };
      return JSON.stringify(after) === JSON.stringify(card) ? card : after;
    });
  }

  /** Makes a step, and keeps that it was made. @returns the card after it; undefined where nothing more can be done */
  private async make(card: Card, step: Exclude<Step, { do: 'rest' }>): Promise<Card | undefined> {
    try {
      return await this.made(card, step);
    } catch (error) {
      if (error instanceof RefusedMessageError) return this.refused(card, step, error);
      if (error instanceof MissingMessageError) return this.missing(card, step);
      if (error instanceof ForbiddenChangeError) return this.forbidden(card, step, error);
      throw error;
    }
  }

  private async made(card: Card, step: Exclude<Step, { do: 'rest' }>): Promise<Card | undefined> {
    const { cards, slack, members, now } = this.parts;
    const { cardId, channel, ts = '' } = card;
    switch (step.do) {
      case 'post': {
        const posted = await this.call('post', () => slack.post(channel, step.message));
        const { state } = this.held;
        await this.keep({ ...state, begun: [...withinMinute(state.begun, this.now()), this.now()] });
        if (card.storm) this.digestsShownAt.set(cardId, this.now());
        return cards.change(card, (before) => ({
          ...before,
          ts: posted,
          shown: step.shown,
          // The message mentions those who are asked; a digest asks when it is complete.
          ...(before.ask && !before.storm && { ask: { ...before.ask, told: true } }),
        }));
      }
      case 'update':
        return this.updated(card, step);
      case 'reply':
        await this.call('post', () => slack.post(channel, step.message, ts));
        return cards.change(card, (before) => ({
          ...before,
          replies: before.replies.filter(({ id }) => !step.replies.includes(id)),
          repliesOmitted: Math.max(0, before.repliesOmitted - card.repliesOmitted),
        }));
      case 'ask':
        await this.call('post', () => slack.post(channel, step.message, ts));
        return cards.change(card, (before) =>
          before.ask ? { ...before, ask: { ...before.ask, told: true, reminded: step.reminded } } : before,
        );
      case 'file': {
        const content = digestFile(await members.of(cardId), now());
        await this.call('post', () =>
          slack.file(channel, ts, { name: 'findings.txt', title: 'All findings of this message', content }),
        );
        return this.filed(card);
      }
    }
  }

  /** Where Slack's answer is lost nobody knows what it shows: then it is changed once more, whatever the card says by then. */
  private async updated(card: Card, { message, shown }: Extract<Step, { shown: string }>) {
    const { cards, slack } = this.parts;
    const { channel, ts = '' } = card;
    const unsure =
      card.shown === undefined ? card : await cards.change(card, ({ shown: _shown, ...before }) => before);
    await this.call('update', () => slack.update(channel, ts, message));
    if (card.storm) this.digestsShownAt.set(card.cardId, this.now());
    return cards.change(unsure ?? card, (before) => ({ ...before, shown }));
  }

  private filed(card: Card): Promise<Card | undefined> {
    return this.parts.cards.change(card, (before) =>
      before.storm ? { ...before, storm: { ...before.storm, filed: true } } : before,
    );
  }

  /** What Slack refuses is told in few words; what it refuses even then is a dead letter. */
  private async refused(
    card: Card,
    step: Exclude<Step, { do: 'rest' }>,
    error: RefusedMessageError,
  ): Promise<Card | undefined> {
    const { cards, deadLetters, log } = this.parts;
    const { cardId, channel } = card;
    log.error('Slack refuses a message as it is', { channel, card: cardId, why: error.message });
    const isFirst = (step.do === 'post' || step.do === 'update') && card.refused === undefined;
    if (isFirst) return cards.change(card, (before) => ({ ...before, refused: step.shown }));
    await deadLetters.put(JSON.stringify({ channel, card: cardId, step: step.do }), error.message);
    if (step.do === 'reply') {
      return cards.change(card, (before) => ({
        ...before,
        replies: before.replies.filter(({ id }) => !step.replies.includes(id)),
      }));
    }
    return undefined;
  }

  /** A message that somebody deleted: posted anew, while it is about something open. */
  private async missing(card: Card, step: Exclude<Step, { do: 'rest' }>): Promise<Card | undefined> {
    const { cards, log } = this.parts;
    log.warn('A message was deleted in Slack', { channel: card.channel, card: card.cardId, step: step.do });
    if (!isUnsettled(card)) return undefined;
    return cards.change(card, ({ ts: _ts, shown: _shown, ...before }) => ({ ...before, replies: [] }));
  }

  /** What the workspace forbids is left: the thread tells what the first message cannot any more. */
  private async forbidden(
    card: Card,
    step: Exclude<Step, { do: 'rest' }>,
    error: ForbiddenChangeError,
  ): Promise<Card | undefined> {
    this.parts.log.warn('Slack does not allow a change', {
      channel: card.channel,
      card: card.cardId,
      step: step.do,
      why: error.message,
    });
    if (step.do === 'file') return this.filed(card);
    if (step.do !== 'update') return undefined;
    return this.parts.cards.change(card, (before) => ({ ...before, shown: step.shown }));
  }

  /** Makes a call when Slack allows it. */
  private async call<Answer>(kind: PacedCall, make: () => Promise<Answer>): Promise<Answer> {
    for (let waits = 0; ; waits += 1) {
      const wait = this.pace.next(kind, this.now()) - this.now();
      if (wait + callMilliseconds > this.remaining()) throw new LimitedError(wait, undefined);
      if (wait > 0) await this.parts.sleep(wait);
      try {
        this.pace.made(kind, this.now());
        return await make();
      } catch (error) {
        if (!(error instanceof LimitedError) || waits >= mostWaits) throw error;
        this.pace.limited(kind, this.now(), error.milliseconds);
        await this.keep({ ...this.held.state, slowUntil: this.pace.slowUntil });
      }
    }
  }

  private checkTime(): void {
    if (this.remaining() < callMilliseconds) throw new LimitedError(0, 'This invocation has no time left.');
  }

  /** @throws PostError where another invocation has taken the channel meanwhile */
  private async keep(state: HeldChannel['state']): Promise<void> {
    if (!(await this.held.save(state))) throw new PostError('Another invocation has taken the channel.');
  }

  private now(): number {
    return this.parts.now().getTime();
  }
}
