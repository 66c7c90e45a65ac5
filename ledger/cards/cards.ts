import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { findingId } from '../../core/finding';
import { cardOfPrefix, cardPrefix } from '../../core/names';
import { parsedJson } from '../../core/parsed-json';
import { allConditionally } from '../table/conditionally';
import { ConflictError, RecordError } from '../table/errors';
import { itemsIn } from '../table/items-in';
import { putVersioned } from '../table/versioned-put';
import {
  type Card,
  type CardFinding,
  cardSchema,
  type FindingReference,
  findingOn,
  type LostDecision,
  type NoticeDone,
  type Working,
  withDone,
  withLost,
  workingAt,
} from './card';
import { DigestMembers } from './members';
import { Outbox } from './outbox';
import { pagesOf } from './pages';

const cardRecord = 'card';
/** A card is kept as long as anybody may come back to its finding. */
const keptMilliseconds = 400 * 24 * 60 * 60_000;
/** How often a card is read again that somebody else is writing. */
const mostTries = 20;

/** The last notice about something, and the one before it. */
const latestSchema = z.object({
  cardId: z.string(),
  at: z.string(),
  before: z.exactOptional(z.string()),
  version: z.int(),
});

/** A page of what a message stands for. */
export interface ListedCards {
  /** Whose list it is. */
  card: Card;
  /** Those that stand on the page. */
  cards: Card[];
  /** From 0. */
  page: number;
  pages: number;
}

/**
 * The cards of Slack's messages, in the ledger's table. Each write has to be of the version that was read; and each has the channel's
 * outbox say, right after it, that there is something to post: whoever is stopped between the two does the same again.
 */
export class Cards {
  private readonly outbox: Outbox;
  private readonly members: DigestMembers;

  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly now: () => Date,
  ) {
    this.outbox = new Outbox(documents, tableName);
    this.members = new DigestMembers(documents, tableName);
  }

  /**
   * @returns undefined where there is none
   * @throws RecordError when it cannot be understood
   */
  async read(cardId: string): Promise<Card | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(cardId), ConsistentRead: true }),
    );
    if (!item) return undefined;
    const { data: card } = cardSchema.safeParse(parsedJson(item.card));
    if (card && typeof item.version === 'number') return { ...card, version: item.version };
    throw new RecordError(`The card ${cardId} cannot be understood. Look at the item.`);
  }

  /**
   * Writes a card that was not there, and with it that it shows its findings: each occurrence has one card in a channel.
   * @returns false when there is one already, or a finding of it has another one: then nothing is written
   */
  create(card: Card): Promise<boolean> {
    const isNew = {
      ConditionExpression: 'attribute_not_exists(#finding)',
      ExpressionAttributeNames: { '#finding': 'finding' },
    };
    const items = [
      this.itemOf({ ...card, version: 1 }),
      ...card.findings.map(({ finding, occurrence }) => ({
        finding: `${cardOfPrefix}${findingId(finding, occurrence)}`,
        record: card.channel,
        cardId: card.cardId,
        expiresAt: this.expiresAt(),
      })),
    ];
    return allConditionally(
      this.documents,
      items.map((Item) => ({ TableName: this.tableName, Item, ...isNew })),
    );
  }

  /**
   * Changes a card as it is now.
   * @param known its id, or the card as it was read or written last: then it is read only where somebody else has written it since
   * @param change the card after it; the very same where nothing is to be changed. It may be asked again
   * @returns the card as it is afterwards; undefined where there is none
   * @throws ConflictError when others kept writing it
   */
  async change(known: string | Card, change: (card: Card) => Card): Promise<Card | undefined> {
    const cardId = typeof known === 'string' ? known : known.cardId;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const card = tries === 0 && typeof known !== 'string' ? known : await this.read(cardId);
      if (!card) return undefined;
      const after = change(card);
      if (after === card) return card;
      const written = { ...after, version: card.version + 1 };
      if (await putVersioned(this.documents, this.tableName, this.itemOf(written), card.version)) {
        return written;
      }
    }
    throw new ConflictError(`The card ${cardId} is being written by others. Try again.`);
  }

  /** The cards that show an occurrence of a finding, by channel: at most one in each. */
  async of({ finding, occurrence }: FindingReference): Promise<{ channel: string; cardId: string }[]> {
    const found: { channel: string; cardId: string }[] = [];
    const partition = `${cardOfPrefix}${findingId(finding, occurrence)}`;
    for await (const { record, cardId } of itemsIn(this.documents, this.tableName, partition)) {
      if (typeof record === 'string' && typeof cardId === 'string') found.push({ channel: record, cardId });
    }
    return found;
  }

  /**
   * Has the poster look at a card, or at the digest that stands for it, from a time on.
   * @param dueAt at once, where left out
   */
  async announce(card: Card, dueAt: Date = this.now()): Promise<void> {
    const { channel, digest, ts } = card;
    if (digest !== undefined) await this.members.put(card, this.now());
    await this.outbox.put({
      channel,
      cardId: digest ?? card.cardId,
      dueAt: dueAt.toISOString(),
      isNew: digest === undefined && ts === undefined && card.storm === undefined,
    });
  }

  /**
   * Marks findings as being worked on, on every card that shows them. Of two that are worked on at once the first one wins: which one
   * that was is decided on one card, the same for all.
   * @returns those cards as they are now; and by whom, where somebody works on one of them already. Such a finding is not marked
   */
  async working(
    findings: readonly FindingReference[],
    work: Working,
  ): Promise<{ cards: Card[]; taken?: Working }> {
    const cards = new Map<string, Card>();
    let taken: Working | undefined;
    for (const reference of findings) {
      const shownOn = (await this.of(reference)).map(({ cardId }) => cardId).sort();
      for (const cardId of shownOn) {
        const other = await this.mark(cardId, reference, work, cards);
        taken ??= other;
        // The first card has decided.
        if (other) break;
      }
    }
    for (const card of cards.values()) await this.announce(card);
    return { cards: [...cards.values()], ...(taken && { taken }) };
  }

  /**
   * Tells that somebody beside the poster had Slack show a card. Where the card is another one by now, the message may have lost what it
   * showed: it is changed once more.
   * @param card as it was shown
   */
  async shownBeside({ cardId, version }: Card): Promise<void> {
    const card = await this.change(cardId, (before) => {
      if (before.version === version) return before;
      const { shown: _, ...unsure } = before;
      return { ...unsure, beside: (before.beside ?? 0) + 1 };
    });
    if (card && card.version !== version) await this.announce(card);
  }

  /** Takes the mark away, where it is still this one. @returns the cards that show the findings, as they are now */
  async settled(findings: readonly FindingReference[], work: Working): Promise<Card[]> {
    const cards = new Map<string, Card>();
    for (const reference of findings) {
      for (const { cardId } of await this.of(reference)) {
        const card = await this.change(cardId, (before) => withoutWork(before, reference, work));
        if (card) cards.set(cardId, card);
      }
    }
    for (const card of cards.values()) await this.announce(card);
    return [...cards.values()];
  }

  /**
   * Takes a button of a notice away, since what it was for is done or cannot be done any more.
   * @returns the card as it is now; undefined where there is none, or it is no notice's
   */
  async done(cardId: string, done: NoticeDone): Promise<Card | undefined> {
    const card = await this.change(cardId, (before) => withDone(before, done));
    if (!card?.notice) return undefined;
    await this.announce(card);
    return card;
  }

  /**
   * Has the thread of a card, or of the digest that stands for it, told of a lost decision.
   * @returns the card whose thread is told; undefined where there is none
   */
  async lost(cardId: string, lost: LostDecision): Promise<Card | undefined> {
    const shown = (await this.read(cardId))?.digest ?? cardId;
    const card = await this.change(shown, (before) => withLost(before, lost));
    if (card) await this.announce(card);
    return card;
  }

  /**
   * Has a notice take the place of the last one about the same.
   * @param about what both ask people for
   * @param at when the notice was given; ISO 8601
   * @returns the card of which that button is of no use any more: the earlier of the two; undefined where there is no other
   */
  async supersede(about: string, cardId: string, at: string): Promise<string | undefined> {
    const key = { finding: `${cardOfPrefix}notice#${about}`, record: 'latest' };
    for (let tries = 0; tries < mostTries; tries += 1) {
      const { Item: item } = await this.documents.send(
        new GetCommand({ TableName: this.tableName, Key: key, ConsistentRead: true }),
      );
      const latest = item && latestSchema.parse(item);
      if (latest?.cardId === cardId) return latest.before;
      if (latest && latest.at > at) return cardId;
      const written = {
        ...key,
        cardId,
        at,
        ...(latest && { before: latest.cardId }),
        version: (latest?.version ?? 0) + 1,
        expiresAt: this.expiresAt(),
      };
      if (await putVersioned(this.documents, this.tableName, written, latest?.version ?? 0)) {
        return latest?.cardId;
      }
    }
    throw new ConflictError('The notices about the same are being written by others. Try again.');
  }

  /**
   * What a message stands for: the findings of its own card, or a page of the cards of a digest.
   * @param page from 0; the last one where it is beyond
   * @returns undefined where there is no such card
   */
  async listed(cardId: string, page = 0): Promise<ListedCards | undefined> {
    const card = await this.read(cardId);
    if (!card) return undefined;
    if (!card.storm) return { card, cards: [card], page: 0, pages: 1 };
    const pages = pagesOf(await this.members.of(cardId));
    const at = Math.max(0, Math.min(page, pages.length - 1));
    const cards = await Promise.all((pages[at] ?? []).map((member) => this.read(member.cardId)));
    return {
      card,
      cards: cards.filter((each) => each !== undefined),
      page: at,
      pages: Math.max(1, pages.length),
    };
  }

  /** @returns by whom, where somebody else works on the finding already */
  private async mark(
    cardId: string,
    reference: FindingReference,
    work: Working,
    cards: Map<string, Card>,
  ): Promise<Working | undefined> {
    let other: Working | undefined;
    const card = await this.change(cardId, (before) => {
      const shown = findingOn(before, reference);
      const working = shown && workingAt(shown, this.now());
      other = working && !isSameWork(working, work) ? working : undefined;
      if (!shown || working) return before;
      const marked = { ...shown, working: work };
      return withFinding(before, shown, marked);
    });
    if (card) cards.set(cardId, card);
    return other;
  }

  private itemOf({ version, ...card }: Card) {
    return { ...keyOf(card.cardId), version, card: JSON.stringify(card), expiresAt: this.expiresAt() };
  }

  private expiresAt(): number {
    // TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
    return Math.floor((this.now().getTime() + keptMilliseconds) / 1000);
  }
}

function isSameWork(one: Working, other: Working): boolean {
  return one.what === other.what && one.by === other.by && one.at === other.at;
}

function withoutWork(card: Card, reference: FindingReference, work: Working): Card {
  const shown = findingOn(card, reference);
  if (!shown?.working || !isSameWork(shown.working, work)) return card;
  const { working: _, ...settled } = shown;
  return withFinding(card, shown, settled);
}

/**
 * A card with one finding in the place of another one. Whoever marks it shows that in Slack by himself, so that nobody knows for certain
 * what the message shows: the poster changes it once more.
 */
function withFinding({ shown: _shown, ...card }: Card, before: CardFinding, after: CardFinding): Card {
  return { ...card, findings: card.findings.map((each) => (each === before ? after : each)) };
}

function keyOf(cardId: string) {
  return { finding: `${cardPrefix}${cardId}`, record: cardRecord };
}
