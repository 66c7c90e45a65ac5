import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { postedNotePrefix } from '../core/names';
import { LedgerError } from './errors';

/** How long a note that was posted is remembered. Longer than the notifier's queue keeps a message (14 days). */
const rememberedMilliseconds = 30 * 24 * 60 * 60 * 1000;
/** How long one delivery may take to post before another one may; longer than the notifier's timeout. */
const claimMilliseconds = 75_000;

/** Thrown when another delivery of the same note is being posted right now. Try again later. */
export class NoteClaimedError extends LedgerError {
  override readonly name = 'NoteClaimedError';
}

/**
 * What was posted to the channel already, in the ledger's table, so that a repeated delivery is not posted again. Both
 * EventBridge and SQS deliver at least once:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html
 */
export class PostedNotes {
  /** @param tableName the ledger's table; its TTL attribute `expiresAt` removes old notes */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /**
   * Posts a note unless it was posted. A crash between posting and remembering posts it once more: a note is rather
   * repeated than lost.
   * @param noteId the same for every delivery of the note
   * @param post posts it; when it throws, the note may be claimed again at once
   * @throws NoteClaimedError when another delivery is being posted
   */
  async once(noteId: string, now: () => Date, post: () => Promise<void>): Promise<'posted' | 'repeated'> {
    if (!(await this.claim(noteId, now()))) return 'repeated';
    try {
      await post();
    } catch (error) {
      await this.put(noteId, { claimedUntil: now().toISOString() }, now());
      throw error;
    }
    await this.put(noteId, { postedAt: now().toISOString() }, now());
    return 'posted';
  }

  /** Claims a note; false when it was posted. */
  private async claim(noteId: string, now: Date): Promise<boolean> {
    const claimedUntil = new Date(now.getTime() + claimMilliseconds).toISOString();
    try {
      await this.put(noteId, { claimedUntil }, now, {
        ConditionExpression: 'attribute_not_exists(#finding) OR #claimedUntil <= :now',
        ExpressionAttributeNames: { '#finding': 'finding', '#claimedUntil': 'claimedUntil' },
        ExpressionAttributeValues: { ':now': now.toISOString() },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      if (error.Item?.postedAt) return false;
      throw new NoteClaimedError(`Another delivery of ${noteId} is being posted. Try again later.`);
    }
  }

  private async put(
    noteId: string,
    note: { claimedUntil: string } | { postedAt: string },
    now: Date,
    condition: Partial<ConstructorParameters<typeof PutCommand>[0]> = {},
  ): Promise<void> {
    // TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
    const expiresAt = Math.floor((now.getTime() + rememberedMilliseconds) / 1000);
    await this.documents.send(
      new PutCommand({
        ...condition,
        TableName: this.tableName,
        Item: { finding: `${postedNotePrefix}${noteId}`, record: 'posted', ...note, expiresAt },
      }),
    );
  }
}
