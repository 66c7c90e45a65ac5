import { type Card, emptyCard } from '../../../ledger/cards/card';
import type { HeldChannel } from '../../../ledger/cards/channels';
import type { OutboxEntry } from '../../../ledger/cards/outbox';
import type { PacedCalls } from './paced-calls';
import type { PosterParts } from './parts';
import { counted, isTooMany, newStorm, quietMilliseconds } from './storms';
import { orSetAside } from './unreadable';

/** So many cards are taken into a digest at once. */
const atOnce = 10;

/** The storm in one channel, while there is one: the digest that stands for what is new. */
export class ChannelStorm {
  constructor(
    private readonly parts: PosterParts,
    private readonly held: HeldChannel,
    private readonly calls: PacedCalls,
  ) {}

  /** Whether there is one: threads wait for its end. */
  get isOn(): boolean {
    return this.held.state.digest !== undefined;
  }

  /**
   * Has the digest stand for what is new, where that is too much, or there is a storm already.
   * @returns false where each is to have a message of its own
   */
  async takeIn(fresh: readonly OutboxEntry[]): Promise<boolean> {
    const { storm, outbox, now } = this.parts;
    const digest = await this.digestNow();
    const { begun } = this.held.state;
    if (fresh.length === 0) return false;
    if (!digest && !isTooMany(begun, fresh.length, storm, now().getTime())) return false;
    const { cardId, channel } = digest ?? (await this.begin());
    // Before anything is taken in: whoever is stopped after that leaves nothing that no message stands for.
    await outbox.put({ channel, cardId, dueAt: now().toISOString(), isNew: false });
    for (let start = 0; start < fresh.length; start += atOnce) {
      this.calls.checkTime();
      await Promise.all(
        fresh
          .slice(start, start + atOnce)
          .map((entry) => orSetAside(entry, this.parts, () => this.takeOne(cardId, entry))),
      );
    }
    const lastAt = now().toISOString();
    await this.parts.cards.change(cardId, (card) =>
      card.storm ? { ...card, storm: { ...card.storm, lastAt } } : card,
    );
    return true;
  }

  /** A digest with what its cards say now; ended, where nothing came for a while. */
  async recounted(digest: Card): Promise<Card> {
    const { cards, members, now } = this.parts;
    const all = await members.of(digest.cardId);
    const at = now();
    const after = await cards.change(digest, (card) => {
      if (!card.storm) return card;
      const isOver = at.getTime() >= endOf(card.storm);
      const storm = {
        ...counted(card.storm, all),
        ...(isOver && card.storm.endedAt === undefined && { endedAt: at.toISOString() }),
      };
      const waits = (storm.states.waiting ?? 0) > 0;
      const { ask, ...rest } = card;
      const asking = waits ? (ask ?? { since: at.toISOString(), told: false, reminded: 0 }) : undefined;
      const recounted = { ...rest, storm, ...(asking && { ask: asking }) };
      return JSON.stringify(recounted) === JSON.stringify(card) ? card : recounted;
    });
    return after ?? digest;
  }

  /** When a card has to be looked at again for the storm's sake; never, where it has nothing to wait for. Milliseconds since the epoch. */
  async waitsUntil({ storm, replies, ask }: Card): Promise<number> {
    // A storm that is on ends by itself.
    if (storm) return storm.endedAt === undefined ? endOf(storm) : Number.POSITIVE_INFINITY;
    const { digest } = this.held.state;
    // Who was asked is reminded after it.
    const waits = replies.length > 0 || ask !== undefined;
    if (!waits || digest === undefined) return Number.POSITIVE_INFINITY;
    const card = await this.parts.cards.read(digest);
    return card?.storm ? endOf(card.storm) : this.parts.now().getTime();
  }

  private async digestNow(): Promise<Card | undefined> {
    const { digest, ...state } = this.held.state;
    if (digest === undefined) return undefined;
    const card = await this.parts.cards.read(digest);
    if (card?.storm && this.parts.now().getTime() < endOf(card.storm)) return card;
    await this.calls.keep(state);
    return undefined;
  }

  private async begin(): Promise<Card> {
    const { cards, now, log } = this.parts;
    const { channel, state } = this.held;
    const at = now();
    const card = { ...emptyCard(channel, `digest ${at.toISOString()}`, at), storm: newStorm(at) };
    await cards.create(card);
    await this.calls.keep({ ...state, digest: card.cardId });
    log.info('A digest stands for what is new in a channel', { channel, card: card.cardId });
    return card;
  }

  private async takeOne(digest: string, entry: OutboxEntry): Promise<void> {
    const { cards, members, outbox, now } = this.parts;
    const card = await cards.change(entry.cardId, (before) =>
      before.ts !== undefined || before.digest !== undefined ? before : { ...before, digest },
    );
    // Whoever posted it was stopped before he could say so.
    if (card?.ts !== undefined) return outbox.comeAgain(entry, now());
    if (card) await members.put(card, now());
    return outbox.done(entry);
  }
}

function endOf({ lastAt }: NonNullable<Card['storm']>): number {
  return Date.parse(lastAt) + quietMilliseconds;
}
