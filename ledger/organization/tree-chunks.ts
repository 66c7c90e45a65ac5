import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Json } from '../../core/json';
import { treePartition } from '../../core/names';
import { itemsIn } from '../table/items-in';

export { treePartition };

/**
 * An item holds 400 kB, its keys and the names of its attributes included:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const chunkBytes = 350 * 1024;
const hourMilliseconds = 60 * 60_000;
/** Chunks that no head names, because their writer died, end by themselves. Longer than any tree is used. */
const chunkMilliseconds = 48 * hourMilliseconds;
/** A reader that has just read the head still finds the chunks of the generation before. */
const replacedMilliseconds = hourMilliseconds;

/** Chunks that belong together. */
export interface ChunkSet {
  /** Names them. */
  generation: string;
  chunks: number;
  /** Of what they hold. */
  digest: string;
}

/**
 * A value as compressed chunks in the ledger's table, each of which fits into an item. They are never changed; the table's TTL
 * attribute `expiresAt` removes them.
 */
export class TreeChunks {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /** @param generation was never used before */
  async write(value: Json, generation: string, now: Date): Promise<ChunkSet> {
    const packed = gzipSync(JSON.stringify(value));
    const chunks = Math.ceil(packed.length / chunkBytes);
    for (let number = 0; number < chunks; number += 1) {
      await this.documents.send(
        new PutCommand({
          TableName: this.tableName,
          Item: {
            ...chunkKey(generation, number),
            content: packed.subarray(number * chunkBytes, (number + 1) * chunkBytes),
            expiresAt: secondsAfter(now, chunkMilliseconds),
          },
        }),
      );
    }
    return { generation, chunks, digest: digestOf(value) };
  }

  /** What chunks hold; undefined when they are not there as a whole. */
  async load({ generation, chunks, digest }: ChunkSet): Promise<Json | undefined> {
    const items = itemsIn(this.documents, this.tableName, treePartition, chunkPrefix(generation));
    const parts: unknown[] = [];
    for await (const { content } of items) parts.push(content);
    const value = parts.length === chunks ? unpacked(parts) : undefined;
    return value !== undefined && digestOf(value) === digest ? value : undefined;
  }

  /** Has chunks that were replaced end soon. */
  async expire({ generation, chunks }: ChunkSet, now: Date): Promise<void> {
    for (let number = 0; number < chunks; number += 1) {
      await this.documents.send(
        new UpdateCommand({
          TableName: this.tableName,
          Key: chunkKey(generation, number),
          UpdateExpression: 'SET #expiresAt = :soon',
          ConditionExpression: 'attribute_exists(#expiresAt)',
          ExpressionAttributeNames: { '#expiresAt': 'expiresAt' },
          ExpressionAttributeValues: { ':soon': secondsAfter(now, replacedMilliseconds) },
        }),
      );
    }
  }
}

/** Stands for a value: equal values, with their keys in the same order, have equal digests. */
export function digestOf(value: Json): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

function unpacked(parts: readonly unknown[]): Json | undefined {
  try {
    const bytes = parts.map((part) => z.instanceof(Uint8Array).parse(part));
    return JSON.parse(gunzipSync(Buffer.concat(bytes)).toString()) as Json;
  } catch {
    return undefined;
  }
}

function chunkPrefix(generation: string): string {
  return `chunk#${generation}#`;
}

function chunkKey(generation: string, number: number): { finding: string; record: string } {
  return { finding: treePartition, record: `${chunkPrefix(generation)}${String(number).padStart(4, '0')}` };
}

/** TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html */
function secondsAfter(time: Date, milliseconds: number): number {
  return Math.floor((time.getTime() + milliseconds) / 1000);
}
