import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { cut } from '../../core/cut';
import type { Json } from '../../core/json';
import { conditionally } from '../table/conditionally';
import { LeaseLostError } from '../table/errors';
import { digestOf, TreeChunks, treePartition } from './tree-chunks';

const headKey = { finding: treePartition, record: 'head' };

/** While the organization stays the same, so do its chunks; they are written anew long before they expire. */
const rewriteMilliseconds = 12 * 60 * 60_000;
/** No lease is longer: one that is was not written by this code. */
const longestLeaseMilliseconds = 15 * 60_000;

const generationSchema = z.object({
  generation: z.string(),
  chunks: z.int().check(z.minimum(1)),
  digest: z.string(),
  /** When the chunks were written, ISO 8601. */
  writtenAt: z.iso.datetime(),
  /** When reading the organization began, ISO 8601. */
  readAt: z.iso.datetime(),
  tookMilliseconds: z.number().check(z.minimum(0)),
});
const leaseSchema = z.object({
  /** Until when nobody else reads the organization, ISO 8601. */
  leaseUntil: z.exactOptional(z.iso.datetime()),
  /** Who reads it; absent after that failed. */
  leaseHolder: z.exactOptional(z.string()),
  /** When it was last read out of turn, ISO 8601. */
  forcedAt: z.exactOptional(z.iso.datetime()),
  /** Why it could not be read last; for people. */
  failure: z.exactOptional(z.string()),
});

/** A tree that is kept, without its content. */
export type KeptGeneration = z.infer<typeof generationSchema>;

/** What the ledger knows of the organization's tree. */
export interface TreeHead extends z.infer<typeof leaseSchema> {
  /** Absent when none is kept, or it cannot be understood. */
  kept?: KeptGeneration;
  /** Stands for the tree that is kept, be it readable or not: a lease is given only to who saw the latest one. */
  seen: unknown;
}

/** Who asks to read the organization, and for how long. */
export interface TreeLease {
  /** Another one for each lease. */
  holder: string;
  now: Date;
  until: Date;
  /** Of the head that the decision to read rests on. */
  seen: unknown;
  /** For a reading out of turn: the last such reading was begun at this time at the latest. */
  forcedBefore?: Date;
}

/**
 * The organization's tree, in the ledger's table. One item, the head, names the generation of chunks that holds the tree's
 * compressed content. Chunks are never changed, and are written before the head names them: no reader sees a mixture.
 */
export class KeptTree {
  private readonly chunks: TreeChunks;

  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {
    this.chunks = new TreeChunks(documents, tableName);
  }

  /** Who reads the organization, and which tree is kept. What cannot be understood is left out. */
  async head(): Promise<TreeHead> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: headKey, ConsistentRead: true }),
    );
    const kept = generationSchema.safeParse(item);
    const lease = leaseSchema.safeParse(item);
    return {
      ...(lease.success && lease.data),
      ...(kept.success && { kept: kept.data }),
      seen: item?.readAt,
    };
  }

  /** The content of a tree; undefined when it is not there as a whole. */
  load(kept: KeptGeneration): Promise<Json | undefined> {
    return this.chunks.load(kept);
  }

  /**
   * Makes the caller the only one who reads the organization.
   * @returns false when another one does, another tree is kept by now, or it is too early to read out of turn
   */
  lease({ holder, now, until, seen, forcedBefore }: TreeLease): Promise<boolean> {
    const unchanged = seen === undefined ? 'attribute_not_exists(#readAt)' : '#readAt = :seen';
    return this.changeHead({
      UpdateExpression: `SET #leaseUntil = :until, #leaseHolder = :holder${
        forcedBefore ? ', #forcedAt = :now' : ''
      } REMOVE #failure`,
      // A lease or a time that cannot be one keeps nobody out.
      ConditionExpression: [
        '(NOT attribute_type(#leaseUntil, :string) OR #leaseUntil <= :now OR #leaseUntil > :farthest)',
        unchanged,
        ...(forcedBefore
          ? ['(NOT attribute_type(#forcedAt, :string) OR #forcedAt <= :before OR #forcedAt > :now)']
          : []),
      ].join(' AND '),
      ExpressionAttributeNames: {
        ...namesOf('leaseUntil', 'leaseHolder', 'readAt', 'failure'),
        ...(forcedBefore && namesOf('forcedAt')),
      },
      ExpressionAttributeValues: {
        ':holder': holder,
        ':until': until.toISOString(),
        ':now': now.toISOString(),
        ':farthest': later(now, longestLeaseMilliseconds).toISOString(),
        ':string': 'S',
        ...(seen !== undefined && { ':seen': seen }),
        ...(forcedBefore && { ':before': forcedBefore.toISOString() }),
      },
    });
  }

  /**
   * Keeps a tree, and gives the lease back. Whatever fails or dies on the way, what was kept before stays readable.
   * @param last the generation that was kept before, if its content could be loaded; where it is the same, it stays
   * @throws LeaseLostError when another one has the lease by now; nothing that a reader sees was changed
   */
  async keep(
    { content, readAt, tookMilliseconds }: { content: Json; readAt: Date; tookMilliseconds: number },
    { holder, now, last }: { holder: string; now: Date; last?: KeptGeneration | undefined },
  ): Promise<KeptGeneration> {
    const lasts =
      last?.digest === digestOf(content) && Date.parse(last.writtenAt) > now.getTime() - rewriteMilliseconds;
    const written = lasts
      ? last
      : { ...(await this.chunks.write(content, holder, now)), writtenAt: now.toISOString() };
    const kept = { ...written, readAt: readAt.toISOString(), tookMilliseconds };
    const attributes = Object.entries(kept);
    const holds = await this.changeHead({
      UpdateExpression: `SET ${attributes.map(([name]) => `#${name} = :${name}`).join(', ')} REMOVE #leaseUntil, #leaseHolder`,
      ConditionExpression: '#leaseHolder = :holder',
      ExpressionAttributeNames: namesOf('leaseUntil', 'leaseHolder', ...Object.keys(kept)),
      ExpressionAttributeValues: {
        ':holder': holder,
        ...Object.fromEntries(attributes.map(([name, value]) => [`:${name}`, value])),
      },
    });
    if (!holds) throw new LeaseLostError('Another worker reads the organization by now.');
    // Where that fails they expire later: the new tree is kept, which is what counts.
    if (last && !lasts) await this.chunks.expire(last, now).catch(() => {});
    return kept;
  }

  /**
   * Tells everybody that the organization could not be read.
   * @param until nobody tries again before
   */
  async giveUp(holder: string, failure: string, until: Date): Promise<void> {
    await this.changeHead({
      UpdateExpression: 'SET #leaseUntil = :until, #failure = :failure REMOVE #leaseHolder',
      ConditionExpression: '#leaseHolder = :holder',
      ExpressionAttributeNames: namesOf('leaseUntil', 'leaseHolder', 'failure'),
      ExpressionAttributeValues: {
        ':holder': holder,
        ':until': until.toISOString(),
        ':failure': cut(failure, 1_000),
      },
    });
  }

  /** @returns false when the condition does not hold */
  private async changeHead(
    update: Omit<ConstructorParameters<typeof UpdateCommand>[0], 'TableName' | 'Key'>,
  ): Promise<boolean> {
    return conditionally(() =>
      this.documents.send(new UpdateCommand({ ...update, TableName: this.tableName, Key: headKey })),
    );
  }
}

function namesOf(...attributes: string[]): Record<string, string> {
  return Object.fromEntries(attributes.map((name) => [`#${name}`, name]));
}

function later(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds);
}
