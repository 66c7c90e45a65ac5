import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { postPrefix } from '../../core/names';
import { parsedJson } from '../../core/parsed-json';
import { putVersioned } from '../table/versioned-put';

const record = 'state';

const stateSchema = z.object({
  /** Who posts to the channel, and until when nobody else may; ISO 8601. */
  lease: z.exactOptional(z.object({ owner: z.string(), until: z.string() })),
  /** When messages began in the last minute; milliseconds since the epoch. */
  begun: z.array(z.number()),
  /** The digest that takes what is new, while there is a storm. */
  digest: z.exactOptional(z.string()),
  /** Until when posts keep to one a second, since Slack has said so; milliseconds since the epoch. */
  slowUntil: z.exactOptional(z.number()),
});

/** What is known of a channel from one run of the poster to the next. */
export type ChannelState = Omit<z.infer<typeof stateSchema>, 'lease'>;

/**
 * Who posts to a channel: one at a time. The queue sees to that already; this holds also where it hands a message out again before its
 * first reader has ended.
 */
export class Channels {
  /** @param tableName the ledger's table */
  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  /**
   * Takes a channel for its own.
   * @param until when others may, if it is not given back before
   * @returns undefined where another one has it
   */
  async take(channel: string, owner: string, now: Date, until: Date): Promise<HeldChannel | undefined> {
    const { Item: item } = await this.documents.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(channel), ConsistentRead: true }),
    );
    const version = typeof item?.version === 'number' ? item.version : 0;
    const { data } = stateSchema.safeParse(parsedJson(item?.state));
    const { lease, ...state } = data ?? { begun: [] };
    if (lease && lease.owner !== owner && Date.parse(lease.until) > now.getTime()) return undefined;
    const held = new HeldChannel(this.documents, this.tableName, channel, version, {
      owner,
      until: until.toISOString(),
    });
    return (await held.save(state)) ? held : undefined;
  }
}

/** A channel that is taken. */
export class HeldChannel {
  state: ChannelState = { begun: [] };

  constructor(
    private readonly documents: DynamoDBDocumentClient,
    private readonly tableName: string,
    readonly channel: string,
    private version: number,
    private readonly lease: { owner: string; until: string },
  ) {}

  /** Keeps what is known. @returns false where another one has taken the channel: then nothing more may be posted */
  save(state: ChannelState): Promise<boolean> {
    this.state = state;
    return this.write({ ...state, lease: this.lease });
  }

  /** Lets others have it. */
  async giveBack(): Promise<void> {
    await this.write(this.state);
  }

  private async write(state: z.infer<typeof stateSchema>): Promise<boolean> {
    const item = { ...keyOf(this.channel), version: this.version + 1, state: JSON.stringify(state) };
    const written = await putVersioned(this.documents, this.tableName, item, this.version);
    if (written) this.version += 1;
    return written;
  }
}

function keyOf(channel: string) {
  return { finding: `${postPrefix}${channel}`, record };
}
