import type { KnownBlock } from '@slack/web-api';
import type { SlackMessage } from '../../../../hub-functions/card/blocks';
import {
  LimitedError,
  MissingMessageError,
  PostError,
  RefusedMessageError,
} from '../../../../hub-functions/notifier/poster/slack-errors';
import type { ThreadFile } from '../../../../hub-functions/notifier/poster/slack-posts';

/** A message in a channel of the Slack in memory. */
export interface MemoryMessage {
  channel: string;
  ts: string;
  threadTs?: string;
  /** What it shows now. */
  message: SlackMessage;
  /** When it was changed last. */
  lastChange: number;
  /** How often it was changed. */
  updates: number;
  at: number;
}

/** What Slack does with a call: it takes it, or fails before or after that. */
export type Fate = 'taken' | 'limited' | 'failed' | 'answer lost' | 'died before' | 'died after';

/** Thrown where the process that posts dies. */
export class DiedError extends Error {
  override readonly name = 'DiedError';
}

const latency = 150;

/**
 * Slack in memory, as strict as its pages: one message a second in a channel, 50 changes a minute, the limits of blocks, and what it
 * does not take is refused. A burst is allowed where a test says so.
 */
export class MemorySlack {
  readonly messages: MemoryMessage[] = [];
  readonly files: { channel: string; threadTs: string; file: ThreadFile }[] = [];
  /** Calls by kind, those that were limited too. */
  readonly calls = { post: 0, update: 0, file: 0, limited: 0 };
  /** Channels that do not exist, or are archived, by Slack's error. */
  readonly broken = new Map<string, string>();
  /** Decides what becomes of a call. */
  fate: (kind: 'post' | 'update' | 'file') => Fate = () => 'taken';
  private readonly posted = new Map<string, number>();
  private readonly updated: number[] = [];

  constructor(
    private readonly now: () => number,
    private readonly pass: (milliseconds: number) => Promise<void>,
    private readonly isStrict = true,
  ) {}

  async post(channel: string, message: SlackMessage, threadTs?: string): Promise<string> {
    return this.call('post', channel, () => {
      if (this.isStrict) {
        const last = this.posted.get(channel) ?? Number.NEGATIVE_INFINITY;
        if (this.now() < last + 1_000) throw this.limit(1_000);
        this.posted.set(channel, this.now());
      }
      checkMessage(message);
      const ts = `1790000000.${String(this.messages.length + 1).padStart(6, '0')}`;
      this.messages.push({
        channel,
        ts,
        ...(threadTs !== undefined && { threadTs }),
        message: structuredClone(message),
        updates: 0,
        at: this.now(),
        lastChange: this.now(),
      });
      return ts;
    });
  }

  async update(channel: string, ts: string, message: SlackMessage): Promise<void> {
    await this.call('update', channel, () => {
      if (this.isStrict) {
        const recent = this.updated.filter((at) => at > this.now() - 60_000);
        if (recent.length >= 50)
          throw this.limit(Math.ceil(((recent[0] ?? 0) + 60_000 - this.now()) / 1000) * 1000);
        this.updated.push(this.now());
      }
      checkMessage(message);
      const there = this.messages.find((each) => each.channel === channel && each.ts === ts);
      if (!there) throw new MissingMessageError('message_not_found');
      there.message = structuredClone(message);
      there.updates += 1;
      there.lastChange = this.now();
    });
  }

  async file(channel: string, threadTs: string, file: ThreadFile): Promise<void> {
    await this.call('file', channel, () => {
      this.files.push({ channel, threadTs, file });
    });
  }

  /** The first messages of a channel. */
  first(channel: string): MemoryMessage[] {
    return this.messages.filter((each) => each.channel === channel && each.threadTs === undefined);
  }

  /** The answers in the thread of a message. */
  thread(ts: string): MemoryMessage[] {
    return this.messages.filter((each) => each.threadTs === ts);
  }

  private async call<Answer>(
    kind: 'post' | 'update' | 'file',
    channel: string,
    take: () => Answer,
  ): Promise<Answer> {
    await this.pass(latency);
    this.calls[kind] += 1;
    const broken = this.broken.get(channel);
    if (broken) throw new PostError(`Slack did not take it: ${broken}`);
    const fate = this.fate(kind);
    if (fate === 'failed') throw new PostError('Slack did not take it: status 503');
    if (fate === 'limited') throw this.limit(2_000);
    if (fate === 'died before') throw new DiedError('before the call');
    const answer = take();
    if (fate === 'died after') throw new DiedError('after the call');
    if (fate === 'answer lost') throw new PostError('Slack did not take it: timeout');
    return answer;
  }

  private limit(milliseconds: number): LimitedError {
    this.calls.limited += 1;
    return new LimitedError(milliseconds, 'ratelimited');
  }
}

/** As Slack checks: https://docs.slack.dev/reference/block-kit/blocks, and what it does not say. */
export function checkMessage({ text, blocks }: SlackMessage): void {
  const refuse = (why: string): never => {
    throw new RefusedMessageError(why);
  };
  if (text === '' || text.length > 4_000) refuse('msg_too_long');
  if (blocks.length > 50) refuse('invalid_blocks');
  if (JSON.stringify(blocks).length > 13_200) refuse('msg_blocks_too_long');
  for (const block of blocks) if (!isTaken(block)) refuse(`invalid_blocks: ${JSON.stringify(block)}`);
}

const within = (text: string, most: number) => text.length > 0 && text.length <= most;

function isTaken(block: KnownBlock): boolean {
  switch (block.type) {
    case 'header':
      return within(block.text.text, 150);
    case 'section': {
      const fields = block.fields ?? [];
      if (!block.text && fields.length === 0) return false;
      if (block.text && !within(block.text.text, 3_000)) return false;
      return fields.length <= 10 && fields.every(({ text }) => within(text, 2_000));
    }
    case 'actions':
      return block.elements.length > 0 && block.elements.length <= 25;
    case 'context':
      return block.elements.length > 0 && block.elements.length <= 10;
    default:
      return false;
  }
}
