import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { policyPartition } from '../../core/names';

const key = { finding: policyPartition, record: 'progress' };

const progressSchema = z.object({
  /** Digest of the policy for which the ledger is being looked through, or was. */
  digest: z.string(),
  done: z.boolean(),
  /** When it was done, ISO 8601. */
  doneAt: z.exactOptional(z.string()),
  /** Where to go on, as JSON text. */
  from: z.exactOptional(z.string()),
});

/** How far the ledger was looked through since the policy changed. */
export interface PolicyProgress {
  digest: string;
  done: boolean;
  /** ISO 8601. */
  doneAt?: string;
  from?: Record<string, unknown>;
}

/** Remembers, in the ledger's table, for which policy the open findings were looked through. */
export class PolicyProgressStore {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /** @returns undefined when nothing was remembered, or it cannot be understood: then it is begun anew */
  async read(): Promise<PolicyProgress | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: key, ConsistentRead: true }),
    );
    const parsed = progressSchema.safeParse(item);
    if (!parsed.success) return undefined;
    const { digest, done, doneAt, from } = parsed.data;
    return {
      digest,
      done,
      ...(doneAt && { doneAt }),
      ...(from && { from: JSON.parse(from) as Record<string, unknown> }),
    };
  }

  /** Two sweeps may look through the same page: that does no harm. */
  async write({ digest, done, doneAt, from }: PolicyProgress): Promise<void> {
    await this.documents.send(
      new PutCommand({
        TableName: this.tableName,
        Item: {
          ...key,
          digest,
          done,
          ...(doneAt && { doneAt }),
          ...(from && { from: JSON.stringify(from) }),
        },
      }),
    );
  }
}
