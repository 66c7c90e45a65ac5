import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { detectorSchema } from '../../core/detector';
import { probeArrivalsPrefix, probesPartition } from '../../core/names';
import { isProbeMark, type MarkedProbe, type ProbeWay, probeRound } from '../../core/probe';
import { itemsIn } from '../table/items-in';

/** For so long after its beginning a round takes arrivals: a probe that comes later is nobody's any more. */
const roundMilliseconds = 60 * 60_000;
/** What arrived is kept a little longer than its round. */
const keptMilliseconds = 2 * roundMilliseconds;

const roundSchema = z.object({ secret: z.string().check(z.minLength(32)), expiresAt: z.number() });
const arrivalSchema = z.object({
  accountId: z.string(),
  region: z.string(),
  detector: detectorSchema,
  /** ISO 8601. */
  arrivedAt: z.iso.datetime(),
});

/** A probe that has come the whole way. */
export interface ProbeArrival extends ProbeWay {
  /** ISO 8601. */
  arrivedAt: string;
}

/**
 * The doctor's probes, in the ledger's table. Whoever sends a round writes its secret first; the coordinator writes the arrival of each
 * probe that carries a mark of that secret. Everything is gone some hours later, by the TTL attribute `expiresAt`.
 */
export class Probes {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /** Begins a round. */
  async begin(round: string, secret: string, now: Date): Promise<void> {
    await this.documents.send(
      new PutCommand({
        TableName: this.tableName,
        Item: { finding: probesPartition, record: round, secret, expiresAt: seconds(now, roundMilliseconds) },
      }),
    );
  }

  /**
   * Notes that a probe arrived; once more does no harm.
   * @returns false for a mark that is not of this way, or of no round that still counts: nothing is noted then
   */
  async arrived({ accountId, region, detector, mark }: MarkedProbe, now: Date): Promise<boolean> {
    const way = { accountId, region, detector };
    const round = probeRound(mark);
    if (round === undefined) return false;
    const secret = await this.secretOf(round, now);
    if (secret === undefined || !isProbeMark(mark, secret, way)) return false;
    await this.documents.send(
      new PutCommand({
        TableName: this.tableName,
        Item: {
          finding: `${probeArrivalsPrefix}${round}`,
          record: [accountId, region, detector].join('#'),
          ...way,
          arrivedAt: now.toISOString(),
          expiresAt: seconds(now, keptMilliseconds),
        },
      }),
    );
    return true;
  }

  /** The probes of a round that have arrived until now. What cannot be understood is none. */
  async arrivals(round: string): Promise<ProbeArrival[]> {
    const found: ProbeArrival[] = [];
    for await (const item of itemsIn(this.documents, this.tableName, `${probeArrivalsPrefix}${round}`)) {
      const parsed = arrivalSchema.safeParse(item);
      if (parsed.success) found.push(parsed.data);
    }
    return found;
  }

  private async secretOf(round: string, now: Date): Promise<string | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({
        TableName: this.tableName,
        Key: { finding: probesPartition, record: round },
        ConsistentRead: true,
      }),
    );
    const parsed = roundSchema.safeParse(item);
    // DynamoDB deletes what is expired within days, not at once.
    if (!parsed.success || parsed.data.expiresAt * 1_000 <= now.getTime()) return undefined;
    return parsed.data.secret;
  }
}

/** TTL takes seconds since the epoch: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html */
function seconds(now: Date, milliseconds: number): number {
  return Math.ceil((now.getTime() + milliseconds) / 1_000);
}
