import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type FindingIdentity, findingKey } from '../../core/finding';
import { RecordError } from '../table/errors';
import type { Wanted } from '../table/keyed-reads';
import { type UndoExemption, undoExemptionSchema } from './undo-exemption';

/** Sort key of a finding's exemption. It belongs to the finding, whatever the occurrence. */
const exemptionRecordKey = 'exemption';

/** How long one that has ended is kept. */
const endedMilliseconds = 30 * 24 * 60 * 60 * 1000;

/**
 * The exemptions that orders write, in the ledger's table: one for a finding, the latest. Its TTL attribute `expiresAt`
 * removes those that have ended.
 */
export class Exemptions {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /**
   * The exemption of a finding, also one that has ended; undefined when there is none.
   * @throws RecordError when it cannot be understood: then nothing may be fixed
   */
  async read(finding: FindingIdentity): Promise<UndoExemption | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(finding), ConsistentRead: true }),
    );
    return understood(finding, item);
  }

  /** The same, to be read together with others. */
  wanted(finding: FindingIdentity): Wanted<UndoExemption | undefined> {
    return { keys: [keyOf(finding)], understood: ([item]) => understood(finding, item) };
  }

  /** Writes the exemption of a finding, in place of an earlier one. */
  async write(finding: FindingIdentity, exemption: UndoExemption): Promise<void> {
    await this.documents.send(
      new PutCommand({ TableName: this.tableName, Item: itemOf(finding, exemption) }),
    );
  }

  /** Takes an exemption back that came to nothing, unless another was written since; `earlier` holds again then. */
  async takeBack(
    finding: FindingIdentity,
    written: UndoExemption,
    earlier: UndoExemption | undefined,
  ): Promise<void> {
    const condition = {
      TableName: this.tableName,
      ConditionExpression: '#writtenAt = :writtenAt',
      ExpressionAttributeNames: { '#writtenAt': 'writtenAt' },
      ExpressionAttributeValues: { ':writtenAt': written.writtenAt },
    };
    try {
      if (earlier) {
        await this.documents.send(new PutCommand({ ...condition, Item: itemOf(finding, earlier) }));
      } else {
        await this.documents.send(new DeleteCommand({ ...condition, Key: keyOf(finding) }));
      }
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

function understood(
  finding: FindingIdentity,
  item: Record<string, unknown> | undefined,
): UndoExemption | undefined {
  if (!item) return undefined;
  const parsed = undoExemptionSchema.safeParse(item);
  if (parsed.success) return parsed.data;
  throw new RecordError(`The exemption of ${findingKey(finding)} cannot be understood. Look at the item.`);
}

function itemOf(finding: FindingIdentity, exemption: UndoExemption): Record<string, unknown> {
  // TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
  const expiresAt = Math.ceil((Date.parse(exemption.until) + endedMilliseconds) / 1000);
  return { ...keyOf(finding), ...exemption, expiresAt };
}

function keyOf(finding: FindingIdentity): { finding: string; record: string } {
  return { finding: findingKey(finding), record: exemptionRecordKey };
}
