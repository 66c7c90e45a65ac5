import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { RecordError } from './errors';

const partition = 'stop-switch';

/** The scope that is everything. Other scopes are account ids, and ids of organizational units and of the root. */
export const wholeOrganization = 'organization';

const stopSchema = z.object({
  /** What is stopped: `organization`, an account's id, or an organizational unit's. */
  scope: z.string(),
  /** Why, for people. */
  reason: z.string(),
  /** Who stopped it. */
  by: z.string(),
  /** Since when; ISO 8601. */
  at: z.iso.datetime(),
});

/** Nothing is fixed in its scope while it is there. */
export type Stop = z.infer<typeof stopSchema>;

/**
 * The stop that holds for an account, the widest first; undefined when none does.
 * @param place the account's id, and the ids of what it lies under
 */
export function stopFor(stops: readonly Stop[], place: readonly string[]): Stop | undefined {
  return [wholeOrganization, ...place.toReversed()]
    .map((scope) => stops.find((stop) => stop.scope === scope))
    .find((stop) => stop !== undefined);
}

/** A stop, as a sentence for people. */
export function stopReason({ scope, by, reason }: Stop): string {
  const what = scope === wholeOrganization ? 'Staunch' : `Staunch in ${scope}`;
  return `${what} is paused by ${by}: ${reason}`;
}

/**
 * The stop switch, in the ledger's table: one item for each scope that is stopped. It is read right before every write of a
 * fix. Whoever cannot read it has to take it as on.
 */
export class StopSwitch {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /**
   * Everything that is stopped now.
   * @throws RecordError when an item cannot be understood; AWS's error when the table cannot be read
   */
  async stops(): Promise<Stop[]> {
    const pages = paginateQuery(
      { client: this.documents },
      {
        TableName: this.tableName,
        KeyConditionExpression: '#finding = :finding',
        ExpressionAttributeNames: { '#finding': 'finding' },
        ExpressionAttributeValues: { ':finding': partition },
        ConsistentRead: true,
      },
    );
    const found: Stop[] = [];
    for await (const { Items: items = [] } of pages) found.push(...items.map(parseStop));
    return found;
  }

  /** Stops a scope; a stop that is there already gets the new reason. */
  async stop(stop: Stop): Promise<void> {
    await this.documents.send(
      new PutCommand({
        TableName: this.tableName,
        Item: { finding: partition, record: stop.scope, ...stop },
      }),
    );
  }

  /** Ends the stop of a scope. @returns whether it was stopped */
  async resume(scope: string): Promise<boolean> {
    const { Attributes: was } = await this.documents.send(
      new DeleteCommand({
        TableName: this.tableName,
        Key: { finding: partition, record: scope },
        ReturnValues: 'ALL_OLD',
      }),
    );
    return was !== undefined;
  }
}

function parseStop(item: Record<string, unknown>): Stop {
  const parsed = stopSchema.safeParse(item);
  if (parsed.success && parsed.data.scope === item.record) return parsed.data;
  throw new RecordError(`The stop switch ${item.record} cannot be understood. Look at the item.`);
}
