import type { CompiledPolicy } from '../../../../config/compiled';
import type { AccountPlace } from '../../../../config/place';
import { ledgerTableName } from '../../../../core/names';
import type { Notice } from '../../../../core/notice';
import type { RemediationReport } from '../../../../core/report';
import { Intake } from '../../../../hub-functions/notifier/intake';
import type { IntakeMessage } from '../../../../hub-functions/notifier/intake-parts';
import { secondsUntilNext } from '../../../../hub-functions/notifier/poster/hints';
import { Poster } from '../../../../hub-functions/notifier/poster/poster';
import type { Card } from '../../../../ledger/cards/card';
import { Cards } from '../../../../ledger/cards/cards';
import { Channels } from '../../../../ledger/cards/channels';
import { DigestMembers } from '../../../../ledger/cards/members';
import { Outbox } from '../../../../ledger/cards/outbox';
import { testPolicy } from '../../../support/findings';
import { MemoryTables } from '../../../support/memory-documents';
import { noticeEvent, reportEvent } from '../events';
import { DiedError, MemorySlack } from './memory-slack';

/** Lambda's timeout of the poster. */
const runMilliseconds = 60_000;

export interface WorldOptions {
  policy?: CompiledPolicy;
  placeOf?: (accountId: string) => Promise<AccountPlace | undefined>;
  isStrict?: boolean;
  /** What each call to DynamoDB takes; milliseconds. */
  tableMilliseconds?: number;
}

/** The policy of the tests, with buttons. */
export const slackPolicy: CompiledPolicy = {
  ...testPolicy,
  slack: { ...testPolicy.slack, team: 'T0123456789', app: 'A0123456789' },
};

/**
 * The notifier and the poster over a ledger and a Slack in memory, on a clock that moves only when something takes time. The queues do
 * what SQS does: what is not deleted comes again, and hints of one channel one after the other.
 */
export class ChannelWorld {
  readonly tables = new MemoryTables();
  readonly slack: MemorySlack;
  readonly cards: Cards;
  readonly policy: CompiledPolicy;
  readonly deadLetters: string[] = [];
  readonly logged: string[] = [];
  /** What comes at a time: sorted by it. */
  private readonly coming: { at: number; happen: () => Promise<void> }[] = [];
  private readonly hints: { channel: string; at: number; receives: number }[] = [];
  private milliseconds = Date.parse('2026-11-23T10:00:00.000Z');
  private messages = 0;
  private owners = 0;
  /** Decides whether the process dies at a call to DynamoDB. */
  dies: () => boolean = () => false;
  private isDead = false;
  private swept = this.milliseconds;
  /** Messages of the intake that have to come again, for how often. */
  readonly intakeFailures: string[] = [];

  constructor(private readonly options: WorldOptions = {}) {
    this.policy = options.policy ?? slackPolicy;
    this.slack = new MemorySlack(
      () => this.milliseconds,
      (milliseconds) => this.pass(milliseconds),
      options.isStrict ?? true,
    );
    this.cards = new Cards(this.documents, ledgerTableName, this.now);
    this.tables.before = () => {
      this.milliseconds += options.tableMilliseconds ?? 0;
      if (this.isDead || this.dies()) {
        this.isDead = true;
        throw new DiedError('at a call to DynamoDB');
      }
    };
  }

  readonly now = (): Date => new Date(this.milliseconds);

  get documents() {
    return this.tables.documents();
  }

  /** Has something happen at a time from now. */
  after(milliseconds: number, happen: () => Promise<void>): void {
    const entry = { at: this.milliseconds + milliseconds, happen };
    const later = this.coming.findIndex(({ at }) => at > entry.at);
    this.coming.splice(later < 0 ? this.coming.length : later, 0, entry);
  }

  /** Takes a batch of reports in, now; those that have to come again do. */
  async report(...reports: RemediationReport[]): Promise<void> {
    await this.take(reports.map((report) => this.messageOf(reportEvent(report))));
  }

  async notice(...notices: Notice[]): Promise<void> {
    await this.take(notices.map((notice) => this.messageOf(noticeEvent(notice))));
  }

  messageOf(event: unknown): IntakeMessage {
    this.messages += 1;
    return {
      messageId: `message-${this.messages}`,
      receiptHandle: `receipt-${this.messages}`,
      body: JSON.stringify(event),
      sentAt: this.milliseconds,
    };
  }

  async take(messages: readonly IntakeMessage[]): Promise<void> {
    const seconds = new Map<string, number>();
    const intake = new Intake({
      policy: this.policy,
      ruleOf: () => 'managed',
      cards: this.cards,
      placeOf: this.options.placeOf ?? (async () => undefined),
      deadLetters: { put: async (body) => void this.deadLetters.push(body) },
      hint: async (channel) => this.hint(channel),
      postpone: async ({ messageId }, after) => void seconds.set(messageId, after),
      log: this.log,
      now: this.now,
    });
    let failed: string[];
    try {
      failed = await intake.take(messages);
    } catch (error) {
      if (!(error instanceof DiedError)) throw error;
      failed = messages.map(({ messageId }) => messageId);
    }
    this.isDead = false;
    const again = messages.filter(({ messageId }) => failed.includes(messageId));
    this.intakeFailures.push(...again.map(({ messageId }) => messageId));
    for (const message of again) {
      this.after((seconds.get(message.messageId) ?? 360) * 1_000, () => this.take([message]));
    }
  }

  /** Everything that the ledger has of cards. */
  cardsNow(): Card[] {
    return this.tables
      .items(ledgerTableName)
      .filter(({ record }) => record === 'card')
      .map(({ card, version }) => ({ ...JSON.parse(String(card)), version }));
  }

  /** How many hints the posts' queue holds. */
  hintsWaiting(): number {
    return this.hints.length;
  }

  /** Whoever died has begun anew. */
  revive(): void {
    this.isDead = false;
  }

  hint(channel: string): void {
    this.hints.push({ channel, at: this.milliseconds, receives: 0 });
  }

  readonly log = {
    info: (message: string) => void this.logged.push(`info ${message}`),
    warn: (message: string, details: Record<string, unknown>) =>
      void this.logged.push(`warn ${message} ${JSON.stringify(details)}`),
    error: (message: string, details: Record<string, unknown>) =>
      void this.logged.push(`error ${message} ${JSON.stringify(details)}`),
  };

  /** Time passes, and what comes meanwhile happens. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.milliseconds + milliseconds;
    for (;;) {
      const next = this.coming[0];
      if (!next || next.at > until) break;
      this.coming.shift();
      this.milliseconds = Math.max(this.milliseconds, next.at);
      await next.happen();
    }
    this.milliseconds = Math.max(this.milliseconds, until);
  }

  /** Runs the poster for one hint. What is not done keeps its group waiting. */
  private async runHint(hint: { channel: string; at: number; receives: number }): Promise<void> {
    const ends = this.milliseconds + runMilliseconds;
    hint.receives += 1;
    try {
      const result = await this.poster().run(hint.channel, () => ends - this.milliseconds);
      if (result.isDone) this.hints.splice(this.hints.indexOf(hint), 1);
      else hint.at = this.milliseconds + (result.seconds ?? secondsUntilNext(hint.receives)) * 1_000;
    } catch (error) {
      if (!(error instanceof DiedError)) throw error;
      // The queue hands it out again after its visibility timeout.
      hint.at = this.milliseconds + 6 * runMilliseconds;
    }
    this.isDead = false;
  }

  /** The first hint of each channel: the queue hands out no other one of its group. */
  private firstHints() {
    return this.hints.filter(
      (hint, index) => this.hints.findIndex(({ channel }) => channel === hint.channel) === index,
    );
  }

  private poster(): Poster {
    this.owners += 1;
    const owner = `owner-${this.owners}`;
    return new Poster({
      cards: this.cards,
      members: new DigestMembers(this.documents, ledgerTableName),
      outbox: new Outbox(this.documents, ledgerTableName),
      channels: new Channels(this.documents, ledgerTableName),
      slack: this.slack,
      deadLetters: { put: async (body) => void this.deadLetters.push(body) },
      titleOf: () => 'Open ports',
      hasButtons: this.policy.slack.team !== undefined,
      storm: this.policy.slack.storm,
      expireMinutes: this.policy.approvals.expireMinutes,
      newOwner: () => owner,
      log: this.log,
      now: this.now,
      sleep: (milliseconds) => this.pass(milliseconds),
    });
  }

  /** The channels that are woken each minute. */
  private async sweep(): Promise<void> {
    const channels = new Set([
      this.policy.slack.channel,
      ...this.policy.slack.routes.map((each) => each.channel),
    ]);
    const outbox = new Outbox(this.documents, ledgerTableName);
    for (const channel of channels) {
      const due = (await outbox.all(channel)).filter(({ dueAt }) => dueAt <= this.now().toISOString());
      if (due.length > 0) this.hint(channel);
    }
  }

  /** Time goes on for so long, with all that happens in it. */
  async goOn(milliseconds: number): Promise<void> {
    const until = this.milliseconds + milliseconds;
    while (this.milliseconds < until) {
      if (this.milliseconds >= this.swept + 60_000) {
        this.swept = this.milliseconds;
        // A sweep that dies is made again after a minute.
        await this.sweep().catch((error: unknown) => {
          if (!(error instanceof DiedError)) throw error;
          this.revive();
        });
      }
      const hint = this.firstHints().find(({ at }) => at <= this.milliseconds);
      if (hint) await this.runHint(hint);
      else {
        const times = [
          this.coming[0]?.at ?? until,
          ...this.firstHints().map(({ at }) => at),
          this.swept + 60_000,
          until,
        ];
        await this.pass(Math.max(1, Math.min(...times) - this.milliseconds));
      }
    }
  }
}
