import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { cut } from '../../core/cut';
import { longestNotice, longestNoticeLine, longestTitle, type Notice, noticeSchema } from '../../core/notice';
import { reportPartition } from '../findings/due';
import type { RecordKey } from '../findings/record-key';
import { noNames, type PlaceNames, withNames } from '../organization/place-names';
import { conditionally } from '../table/conditionally';
import { RecordError } from '../table/errors';

/** Sort key of every notice. */
export const noticeRecordKey = 'notice';

/** How long a notice is remembered, so that it is not given again; longer than any exemption lasts. */
const rememberedMilliseconds = 400 * 24 * 60 * 60 * 1000;
/** How long a notice may be on its way before the sweep sends it again. */
const graceMilliseconds = 30_000;

/**
 * Notices for people, in the ledger's table, until the bus has them: neither a crash nor a bus that is away loses one, and
 * one that was given is not given again.
 */
export class Notices {
  /**
   * @param tableName the ledger's table; its TTL attribute `expiresAt` removes old notices
   * @param publish puts a notice on the bus
   * @param onUnsent hears that the bus did not take one at once
   * @param names what accounts and units are called: a notice says it of those that it mentions by id
   */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
    private readonly publish: (notice: Notice) => Promise<void>,
    private readonly onUnsent: (error: unknown) => void = () => {},
    private readonly names: () => Promise<PlaceNames> = async () => noNames,
  ) {}

  /**
   * Gives a notice, unless it was given. When the bus does not take it now, the sweep gives it.
   * @returns false when it was given, or is being given, already
   */
  async give(notice: Notice, now: Date): Promise<boolean> {
    const named = await this.named(notice);
    if (!(await this.keep(named, now))) return false;
    // What the bus does not take now is due for the sweep: whoever has something to tell goes on.
    await this.send(keyOf(notice.noticeId), named).catch((error: unknown) => this.onUnsent(error));
    return true;
  }

  /** Sends a notice that is due again, if it still is. */
  async resend(key: RecordKey): Promise<void> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: { ...key }, ConsistentRead: true }),
    );
    if (item?.sweep === undefined) return;
    await this.send(key, parseNotice(item));
  }

  /** The notice as it is kept and sent: cut where it is too long, and with names where there is room for them. */
  private async named(notice: Notice): Promise<Notice> {
    const names = await this.names();
    const bounded = (said: string, longest: number) => {
      const text = withNames(said, names);
      return text.length <= longest ? text : cut(said, longest);
    };
    return {
      ...notice,
      title: bounded(notice.title, longestTitle),
      text: bounded(notice.text, longestNotice),
      ...(notice.lines && { lines: notice.lines.map((line) => bounded(line, longestNoticeLine)) }),
    };
  }

  private async keep(notice: Notice, now: Date): Promise<boolean> {
    return conditionally(() =>
      this.documents.send(
        new PutCommand({
          TableName: this.tableName,
          Item: {
            ...keyOf(notice.noticeId),
            notice: JSON.stringify(notice),
            sweep: reportPartition,
            dueAt: new Date(now.getTime() + graceMilliseconds).toISOString(),
            // TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
            expiresAt: Math.floor((now.getTime() + rememberedMilliseconds) / 1000),
          },
          ConditionExpression: 'attribute_not_exists(#finding)',
          ExpressionAttributeNames: { '#finding': 'finding' },
        }),
      ),
    );
  }

  private async send(key: RecordKey, notice: Notice): Promise<void> {
    await this.publish(notice);
    await this.documents.send(
      new UpdateCommand({
        TableName: this.tableName,
        Key: { ...key },
        UpdateExpression: 'REMOVE #sweep, #dueAt',
        ExpressionAttributeNames: { '#sweep': 'sweep', '#dueAt': 'dueAt' },
      }),
    );
  }
}

function keyOf(noticeId: string): RecordKey {
  return { finding: `notice#${noticeId}`, record: noticeRecordKey };
}

function parseNotice(item: Record<string, unknown>): Notice {
  try {
    return noticeSchema.parse(JSON.parse(String(item.notice)));
  } catch (error) {
    throw new RecordError(`The notice ${item.finding} cannot be understood. Look at the item.`, {
      cause: error,
    });
  }
}
