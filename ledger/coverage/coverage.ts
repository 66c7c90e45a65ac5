import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { jitteredMilliseconds, realWaiting, type Waiting } from '../../core/jittered';
import { coveragePartition } from '../../core/names';
import { conditionally } from '../table/conditionally';
import { ConflictError, RecordError } from '../table/errors';
import { itemsIn } from '../table/items-in';
import type { Wanted } from '../table/keyed-reads';
import {
  type CoverageAnswer,
  type PlaceCoverage,
  placeCoverageOf,
  placeKey,
  type WalkedCoverage,
  type WatchedPlace,
  withAnswer,
} from './place-coverage';

/** A place of which nothing was said for so long is forgotten. */
const rememberedMilliseconds = 90 * 24 * 60 * 60_000;
/** An event of CloudTrail is noted so often at the most. */
export const trailEventMilliseconds = 60 * 60_000;
/** How often an answer that meets other writers is merged anew before it gives up. */
const maximumConflicts = 8;

/** What was read before a write. */
interface Seen {
  item: Record<string, unknown> | undefined;
  /** Undefined where the item is not there, or cannot be understood. */
  known: PlaceCoverage | undefined;
}

/**
 * What the patrol covered of each account and Region, in the ledger's table. Every write is conditional on the version that was
 * read: no answer is lost, and none claims what it does not say.
 */
export class CoverageStore {
  /**
   * @param tableName the ledger's table; its TTL attribute `expiresAt` removes places that are watched no more
   * @param waiting between tries to write what others are writing
   */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly waiting: Waiting = realWaiting,
  ) {}

  /**
   * What is known of an account and Region; undefined when nothing is.
   * @throws RecordError when the item cannot be understood
   */
  async read(place: WatchedPlace): Promise<PlaceCoverage | undefined> {
    const item = await this.item(place);
    return item && this.parse(item);
  }

  /** What is known of an account and Region, to be read together with others; undefined also where it cannot be understood. */
  wanted(place: WatchedPlace): Wanted<PlaceCoverage | undefined> {
    return { keys: [keyOf(place)], understood: ([item]) => item && placeCoverageOf(item) };
  }

  /**
   * Every account and Region of which something is known, page by page, in the order of their ids.
   * @param onUnreadable learns of an item that cannot be understood, and the others go on
   * @throws RecordError for such an item where nobody listens
   */
  async *list(onUnreadable?: (error: RecordError) => void): AsyncGenerator<PlaceCoverage> {
    for await (const item of itemsIn(this.documents, this.tableName, coveragePartition)) {
      try {
        yield this.parse(item);
      } catch (error) {
        if (!(error instanceof RecordError && onUnreadable)) throw error;
        onUnreadable(error);
      }
    }
  }

  /**
   * Notes that a place is watched since now, unless that is known.
   * @returns false when it is
   */
  async watch(place: WatchedPlace, now: Date): Promise<boolean> {
    return conditionally(() =>
      this.write(place, { since: now.toISOString(), types: {} }, { written: now, seen: undefined }),
    );
  }

  /**
   * Adds what a walk says. It may come twice, late, and in any order. An item that cannot be understood gives way to it: nothing is
   * covered then that the answer does not name.
   * @returns what is known then
   * @throws ConflictError when others kept being faster
   */
  async add(place: WatchedPlace, answer: CoverageAnswer): Promise<PlaceCoverage> {
    return this.untilWritten(place, (seen) => this.merged(place, seen, answer));
  }

  /**
   * Adds what follows from what is known. Nobody else writes between that and the write: where others were faster, it is decided anew.
   * @param decide is given what is known, undefined where that is nothing or cannot be understood; no answer adds nothing
   * @returns what was decided
   * @throws ConflictError when others kept being faster
   */
  async addBy<Decision extends { answer?: CoverageAnswer }>(
    place: WatchedPlace,
    decide: (known: PlaceCoverage | undefined) => Decision,
  ): Promise<Decision> {
    return this.untilWritten(place, async (seen) => {
      const decision = decide(seen.known);
      const isDone = !decision.answer || (await this.merged(place, seen, decision.answer));
      return isDone ? decision : undefined;
    });
  }

  /** @param attempt undefined when another writer was faster */
  private async untilWritten<End>(
    place: WatchedPlace,
    attempt: (seen: Seen) => Promise<End | undefined>,
  ): Promise<End> {
    const { pause, random } = this.waiting;
    for (let tries = 1; tries <= maximumConflicts; tries += 1) {
      const item = await this.item(place);
      const end = await attempt({ item, known: item && placeCoverageOf(item) });
      if (end !== undefined) return end;
      await pause(jitteredMilliseconds(tries, random));
    }
    throw new ConflictError(`Others kept writing the coverage of ${placeKey(place)}.`);
  }

  /**
   * Notes that an event of CloudTrail arrived from a place that is known, once an hour at the most. It touches nothing that walks
   * write, so that neither has to wait for the other.
   * @returns false when it is known from within the hour, or the place is not
   */
  async noteTrailEvent(place: WatchedPlace, now: Date): Promise<boolean> {
    return conditionally(() =>
      this.documents.send(
        new UpdateCommand({
          TableName: this.tableName,
          Key: keyOf(place),
          UpdateExpression: 'SET #at = :now',
          ConditionExpression:
            'attribute_exists(#version) AND (attribute_not_exists(#at) OR #at <= :hourAgo)',
          ExpressionAttributeNames: { '#at': 'trailEventAt', '#version': 'version' },
          ExpressionAttributeValues: {
            ':now': now.toISOString(),
            ':hourAgo': new Date(now.getTime() - trailEventMilliseconds).toISOString(),
          },
        }),
      ),
    );
  }

  private async merged(
    place: WatchedPlace,
    { item, known }: Seen,
    answer: CoverageAnswer,
  ): Promise<PlaceCoverage | undefined> {
    const next = withAnswer(known, answer);
    // What is there without a version is not this code's, and gives way too.
    const as = { written: new Date(answer.at), seen: item && { version: item.version } };
    return (await conditionally(() => this.write(place, next, as))) ? { ...place, ...next } : undefined;
  }

  private async item(place: WatchedPlace): Promise<Record<string, unknown> | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(place), ConsistentRead: true }),
    );
    return item;
  }

  /** Attribute by attribute, so that what others keep in the item stays. */
  private async write(
    place: WatchedPlace,
    { since, types, trail }: WalkedCoverage,
    { written, seen }: { written: Date; seen: { version: unknown } | undefined },
  ): Promise<void> {
    const isCounted = typeof seen?.version === 'number';
    const version = isCounted ? Number(seen.version) + 1 : 1;
    // TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
    const expiresAt = Math.ceil((written.getTime() + rememberedMilliseconds) / 1000);
    await this.documents.send(
      new UpdateCommand({
        TableName: this.tableName,
        Key: keyOf(place),
        UpdateExpression: `SET #since = :since, #types = :types, #version = :version, #expiresAt = :expiresAt${
          trail ? ', #trail = :trail' : ''
        }`,
        ConditionExpression:
          seen?.version === undefined ? 'attribute_not_exists(#version)' : '#version = :seen',
        ExpressionAttributeNames: {
          '#since': 'since',
          '#types': 'types',
          '#version': 'version',
          '#expiresAt': 'expiresAt',
          ...(trail && { '#trail': 'trail' }),
        },
        ExpressionAttributeValues: {
          ':since': since,
          ':types': types,
          ':version': version,
          ':expiresAt': expiresAt,
          ...(trail && { ':trail': trail }),
          ...(seen?.version !== undefined && { ':seen': seen.version }),
        },
      }),
    );
  }

  private parse(item: Record<string, unknown>): PlaceCoverage {
    const coverage = placeCoverageOf(item);
    if (coverage) return coverage;
    const { finding, record } = item;
    throw new RecordError(
      `The item ${finding} ${record} of table ${this.tableName} cannot be understood. Look at the item.`,
    );
  }
}

function keyOf(place: WatchedPlace): { finding: string; record: string } {
  return { finding: coveragePartition, record: placeKey(place) };
}
