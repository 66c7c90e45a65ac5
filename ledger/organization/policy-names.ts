import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { NameBindings } from '../../config/place';
import { policyPartition } from '../../core/names';
import { RecordError } from '../table/errors';
import { putVersioned } from '../table/versioned-put';

const key = { finding: policyPartition, record: 'names' };

const itemSchema = z.object({ version: z.int(), digest: z.string(), names: z.string() });
const ids = z.record(z.string(), z.string());
const namesSchema = z.object({ accounts: ids, units: ids });

/** What the names of a policy mean. */
export interface RememberedNames {
  /** Grows with each write. */
  version: number;
  /** Of the policy that was deployed then. */
  digest: string;
  bound: NameBindings;
}

/** Remembers, in the ledger's table, which account or organizational unit each name of the policy means. Only the coordinator writes it. */
export class PolicyNames {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /**
   * @returns undefined when nothing was remembered yet
   * @throws RecordError when it cannot be understood: then nobody can tell what a name means
   */
  async read(): Promise<RememberedNames | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: key, ConsistentRead: true }),
    );
    if (!item) return undefined;
    try {
      const { version, digest, names } = itemSchema.parse(item);
      return { version, digest, bound: namesSchema.parse(JSON.parse(names)) };
    } catch (error) {
      throw new RecordError("The ledger's item policy names cannot be understood. Look at the item.", {
        cause: error,
      });
    }
  }

  /**
   * @param seen the version that was read; 0 when there was nothing
   * @returns false when somebody else has written it since
   */
  async write({ digest, bound }: Omit<RememberedNames, 'version'>, seen: number): Promise<boolean> {
    // As text: names are whatever somebody calls an account.
    const item = { ...key, version: seen + 1, digest, names: JSON.stringify(bound) };
    return putVersioned(this.documents, this.tableName, item, seen);
  }
}
