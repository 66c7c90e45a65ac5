import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
} from '@aws-sdk/lib-dynamodb';
import { stopSwitchPartition as partition } from '../../core/names';
import { RecordError, StandingStopError } from '../table/errors';
import type { Wanted } from '../table/keyed-reads';
import { activeStops, nameOfScope, type Stop, stopSchema, wholeOrganization } from './stop';

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
   * Every stop that is there, also one whose `until` has come: `stopFor` and `activeStops` tell which of them count.
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

  /**
   * The stops that can hold for an account, to be read together with others: of the organization, and of all that the account lies
   * under.
   * @param place the account's id, and the ids of what it lies under
   */
  wanted(place: readonly string[]): Wanted<Stop[]> {
    return {
      keys: [wholeOrganization, ...place].map((scope) => ({ finding: partition, record: scope })),
      understood: (items) => items.flatMap((item) => (item ? [parseStop(item)] : [])),
    };
  }

  /**
   * Stops a scope; a stop that is there already is replaced, with its reason and its end.
   * @param shortens which stops may give way to one that ends sooner: those that began by `begunBy` (ISO 8601); none without it
   * @returns the stop that it replaced; undefined where there was none, or none that can be understood
   * @throws StandingStopError when the stop that is there lasts longer, and may not give way
   */
  async stop(stop: Stop, shortens: { begunBy?: string } = { begunBy: stop.at }): Promise<Stop | undefined> {
    const put = {
      TableName: this.tableName,
      Item: { finding: partition, record: stop.scope, ...stop },
      ReturnValues: 'ALL_OLD' as const,
    };
    const { Attributes: was } = await unlessStanding(stop.scope, () =>
      this.documents.send(
        new PutCommand(stop.until === undefined ? put : { ...put, ...noLonger(stop.until, shortens) }),
      ),
    );
    const parsed = stopSchema.safeParse(was);
    return parsed.success ? parsed.data : undefined;
  }

  /**
   * Ends the stop of a scope.
   * @param begunBy only if it began by then; ISO 8601
   * @returns whether it was stopped
   * @throws StandingStopError when it began later
   */
  async resume(scope: string, begunBy: string): Promise<boolean> {
    const key = { TableName: this.tableName, Key: { finding: partition, record: scope } };
    const { Item: item } = await this.documents.send(new GetCommand({ ...key, ConsistentRead: true }));
    const { Attributes: was } = await unlessStanding(scope, () =>
      this.documents.send(
        new DeleteCommand({
          ...key,
          ReturnValues: 'ALL_OLD',
          // One that cannot be understood counts as a stop of everything: it goes whenever it began.
          ...((!item || stopSchema.safeParse(item).success) && {
            ConditionExpression: 'attribute_not_exists(#at) OR #at <= :begunBy',
            ExpressionAttributeNames: { '#at': 'at' },
            ExpressionAttributeValues: { ':begunBy': begunBy },
          }),
        }),
      ),
    );
    return was !== undefined;
  }

  /**
   * Removes every stop whose `until` has come.
   * @param tell is called, and waited for, before each is removed: whatever stops half-way, none goes untold
   * @returns those that were removed; one that was replaced meanwhile stays
   * @throws RecordError when an item cannot be understood; AWS's error when the table cannot be read or written
   */
  async removeEnded(now: Date, tell: (stop: Stop) => Promise<void>): Promise<Stop[]> {
    const stops = await this.stops();
    const active = new Set(activeStops(stops, now));
    const removed: Stop[] = [];
    for (const stop of stops.filter((each) => !active.has(each))) {
      await tell(stop);
      if (await this.removeUnchanged(stop)) removed.push(stop);
    }
    return removed;
  }

  private async removeUnchanged({ scope, until }: Stop): Promise<boolean> {
    try {
      await this.documents.send(
        new DeleteCommand({
          TableName: this.tableName,
          Key: { finding: partition, record: scope },
          ConditionExpression: '#until = :until',
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: { ':until': until },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

/** The condition that a stop is not replaced by one that ends sooner. */
function noLonger(until: string, { begunBy }: { begunBy?: string }) {
  return {
    ConditionExpression: `attribute_not_exists(#finding) OR #until <= :until${
      begunBy === undefined ? '' : ' OR #at <= :begunBy'
    }`,
    ExpressionAttributeNames: {
      '#finding': 'finding',
      '#until': 'until',
      ...(begunBy !== undefined && { '#at': 'at' }),
    },
    ExpressionAttributeValues: { ':until': until, ...(begunBy !== undefined && { ':begunBy': begunBy }) },
  };
}

async function unlessStanding<Result>(scope: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    throw new StandingStopError(`${nameOfScope(scope)} stays paused.`, { cause: error });
  }
}

function parseStop(item: Record<string, unknown>): Stop {
  const parsed = stopSchema.safeParse(item);
  if (parsed.success && parsed.data.scope === item.record) return parsed.data;
  throw new RecordError(`The stop switch ${item.record} cannot be understood. Look at the item.`);
}
