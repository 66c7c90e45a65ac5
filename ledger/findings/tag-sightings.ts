import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type FindingIdentity, findingKey } from '../../core/finding';
import { conditionally } from '../table/conditionally';
import { RecordError } from '../table/errors';

/** Sort key of a finding's first sight of a tag. It belongs to the finding, whatever the occurrence. */
const tagExemptionRecordKey = 'tag-exemption';

/** How long a first sight is kept at least. */
const keptMilliseconds = 365 * 24 * 60 * 60 * 1000;

/** How long one is kept of which nothing was seen any more, neither the tag nor that it is gone: its resource is gone. */
const unseenMilliseconds = 2 * keptMilliseconds;

const sightingSchema = z.object({ firstSeen: z.iso.datetime() });

/**
 * When an exempting tag was first seen on a finding, in the ledger's table. From then on count the days for which the policy
 * lets a tag exempt; so they are had once, and a first sight is forgotten only when the tag is seen gone a year or more
 * later. Taking the tag off and putting it on again, or writing a later time into it, gains nothing within that year.
 */
export class TagSightings {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /**
   * When the tag was first seen; that is now when it never was.
   * @throws RecordError when the item cannot be understood: then nothing may be fixed
   */
  async firstSeen(finding: FindingIdentity, now: Date): Promise<Date> {
    const { Attributes: item } = await this.documents.send(
      new UpdateCommand({
        TableName: this.tableName,
        Key: keyOf(finding),
        UpdateExpression: 'SET #firstSeen = if_not_exists(#firstSeen, :now), #expiresAt = :expiresAt',
        ExpressionAttributeNames: { '#firstSeen': 'firstSeen', '#expiresAt': 'expiresAt' },
        ExpressionAttributeValues: {
          ':now': now.toISOString(),
          // TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
          ':expiresAt': Math.ceil((now.getTime() + unseenMilliseconds) / 1000),
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return sightingOf(finding, item);
  }

  /**
   * When the tag was first seen; undefined when it never was. Notes nothing.
   * @throws RecordError as `firstSeen`
   */
  async read(finding: FindingIdentity): Promise<Date | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(finding), ConsistentRead: true }),
    );
    return item && sightingOf(finding, item);
  }

  /** Notes that the tag is gone: when it was first seen a year ago or longer, its days begin anew with the next one. */
  async forget(finding: FindingIdentity, now: Date): Promise<void> {
    await conditionally(() =>
      this.documents.send(
        new DeleteCommand({
          TableName: this.tableName,
          Key: keyOf(finding),
          // Also false when there is no item. Times in UTC with milliseconds sort as text.
          ConditionExpression: '#firstSeen <= :longAgo',
          ExpressionAttributeNames: { '#firstSeen': 'firstSeen' },
          ExpressionAttributeValues: { ':longAgo': new Date(now.getTime() - keptMilliseconds).toISOString() },
        }),
      ),
    );
  }
}

function sightingOf(finding: FindingIdentity, item: Record<string, unknown> | undefined): Date {
  const parsed = sightingSchema.safeParse(item);
  if (parsed.success) return new Date(parsed.data.firstSeen);
  throw new RecordError(
    `The first sight of a tag on ${findingKey(finding)} cannot be understood. Look at the item.`,
  );
}

function keyOf(finding: FindingIdentity): { finding: string; record: string } {
  return { finding: findingKey(finding), record: tagExemptionRecordKey };
}
