import type { CompiledPolicy } from '../../config/compiled';
import { customControls } from '../../controls/registry';
import type { CallerIdentity } from '../../core/actor';
import { type FindingIdentity, findingKey } from '../../core/finding';
import { listDigest, nameInList } from '../../core/frozen-list';
import { ledgerTableName } from '../../core/names';
import type { OrderAnswer } from '../../core/order';
import { isOpen } from '../../core/states';
import type { FindingRecord } from '../../ledger/findings/record';
import { parseFindingRecord } from '../../ledger/findings/record-item';
import { accounts, mendedEvent, messageFor, testPolicy } from '../support/findings';
import { operator, peopleWith } from '../support/orderers';
import type { InMemoryAws } from './aws/in-memory-aws';
import type { Call } from './call';
import { type FaultPlan, noFaults } from './faults';
import { Hub } from './hub';
import { uuidFrom } from './hub-parts';
import { randomFrom } from './random';
import type { OwnersEdit, ResourceType, Variant } from './resource-types/resource-type';
import { awsWithLedger } from './support';
import type { Choice } from './turns';

const minute = 60_000;
/** How often a person gives an order again that came to nothing. */
const mostTries = 6;
/** How often a command sends an order again that has no answer yet. */
const mostSends = 12;
/** Reasons of bans that an approval ends. */
const undoneByApproval: readonly string[] = ['not approved', 'denied'];

/** A time in which no fix may write. */
export interface Ban {
  why: string;
  /** Numbers of calls: it holds for writes that were begun after the one, and before the other. */
  from: number;
  to?: number;
  /** Or times, in milliseconds since the epoch. */
  fromTime?: number;
  toTime?: number;
}

/** What an owner did. */
export interface MadeEdit {
  edit: OwnersEdit;
  /** The number of the last call that was performed before. */
  after: number;
}

/** Who gives an order, and how often the same is sent at the same time. */
export interface Given {
  who?: CallerIdentity;
  times?: number;
}

/** How a world is made. */
export interface WorldOptions {
  type: ResourceType;
  variant: Variant;
  accountId?: string;
  policy?: Partial<CompiledPolicy>;
  /** What goes wrong. */
  plan?: FaultPlan;
  choose?: Choice | undefined;
  seed?: number;
}

/**
 * One finding's world: a planted resource, its owner, the hub, and people who give orders. It remembers what was allowed when,
 * apart from what Staunch believes.
 */
export class World {
  readonly aws: InMemoryAws;
  readonly hub: Hub;
  readonly type: ResourceType;
  readonly variant: Variant;
  readonly identity: FindingIdentity;
  /** When fixes were forbidden. */
  readonly bans: Ban[] = [];
  /** What people were answered, for whoever looks into a run. */
  readonly answers: string[] = [];
  /** Orders that came to nothing, however often they were given. */
  readonly unheeded: string[] = [];
  /** Digests of plans that somebody approved. */
  readonly approved = new Set<string>();
  /** What the owner did, and AWS let happen. */
  readonly edits: MadeEdit[] = [];
  /** When each call was made, by its number; milliseconds since the epoch. */
  readonly times: number[] = [];
  /** When it began, milliseconds since the epoch. */
  readonly began: number;
  /** The last call that belongs to the set-up, which nothing disturbs. */
  begun = 0;
  /** The last call that is disturbed. */
  ended = Infinity;
  readonly #random: () => number;
  readonly #watching: { isMeant: (call: Call | undefined) => boolean; tell: () => void }[] = [];

  constructor({
    type,
    variant,
    accountId = accounts.on,
    policy,
    plan = noFaults,
    choose,
    seed,
  }: WorldOptions) {
    this.#random = randomFrom(seed ?? 1);
    this.type = type;
    this.variant = variant;
    this.identity = type.identity(accountId);
    this.aws = awsWithLedger(choose ? { choose } : {});
    this.began = this.aws.clock.milliseconds;
    const parameterDefaults = Object.fromEntries(customControls.map(({ id }) => [id, {}]));
    const people = peopleWith();
    this.hub = new Hub(
      this.aws,
      { ...testPolicy, parameterDefaults, people, ...policy },
      [type.adapter],
      seed,
    );
    for (const id of Object.values(accounts)) this.aws.organizations.addAccount(id);
    type.plant(this.aws, accountId, variant);
    this.aws.calls.plan = (call) => {
      this.times[call.number] = this.aws.clock.milliseconds;
      this.#look();
      return plan(call);
    };
  }

  /** From here on calls may be disturbed. */
  act(): void {
    this.begun = this.aws.calls.made.length;
  }

  /** The same, from the first call on before which something else is so. */
  actAt(isMeant: (last: Call | undefined) => boolean): void {
    this.begun = Infinity;
    this.#watching.push({
      isMeant,
      tell: () => {
        this.begun = this.aws.calls.made.length - 1;
      },
    });
  }

  /** AWS Config finds it dangerous. */
  message(): Promise<void> {
    return this.hub.message(messageFor(this.identity));
  }

  /** AWS Config finds it harmless again. */
  harmlessMessage(): Promise<void> {
    return this.hub.message(mendedEvent(this.identity));
  }

  /** From the first call on before which something else is so, calls are disturbed no more: other scenarios do that. */
  calmAt(isMeant: (last: Call | undefined) => boolean): void {
    this.#watching.push({ isMeant, tell: () => this.calm() });
  }

  /** From here on calls are disturbed no more. */
  calm(): void {
    this.ended = Math.min(this.ended, this.aws.calls.made.length - 1);
  }

  /** Until nothing is left to do. */
  rest(): Promise<void> {
    return this.hub.toRest();
  }

  /** Time passes, with its sweeps. */
  async pass({ hours = 0, minutes = 0 }: { hours?: number; minutes?: number }): Promise<void> {
    await this.hub.goOn(hours * 60 + minutes);
    await this.rest();
  }

  /** The owner does something. */
  owner(edit: OwnersEdit): void {
    if (!this.type.edit[edit](this.aws, this.variant)) return;
    // Whatever happens at a call happens before that is performed.
    this.edits.push({
      edit,
      after: this.aws.calls.made.findLast(({ isPerformed }) => isPerformed)?.number ?? 0,
    });
  }

  /** Every occurrence of the finding, the oldest first. */
  records(): FindingRecord[] {
    return this.aws.dynamoDb
      .peek(ledgerTableName)
      .filter(
        ({ finding, record }) =>
          finding === findingKey(this.identity) && String(record).startsWith('occurrence#'),
      )
      .map((item) => parseFindingRecord(item, ledgerTableName))
      .sort((one, other) => one.occurrence - other.occurrence);
  }

  /** The latest occurrence. */
  get latest(): FindingRecord | undefined {
    return this.records().at(-1);
  }

  /** From now on no fix may write. @returns ends that */
  forbid(why: string): () => void {
    const ban: Ban = { why, from: this.aws.calls.made.length };
    this.bans.push(ban);
    return () => {
      ban.to ??= this.aws.calls.made.length;
    };
  }

  /**
   * A person gives an order, and gives a new one while it comes to nothing.
   * @param isNeeded whether there is still a point in it, after an order that came to nothing
   */
  async order(
    make: () => object,
    isNeeded = () => true,
    { who = operator, times = 1 }: Given = {},
  ): Promise<OrderAnswer | undefined> {
    for (let tries = 1; ; tries += 1) {
      const order = { version: 2, key: uuidFrom(this.#random), ...make() };
      const sent = Array.from({ length: times }, () => this.send(order, who));
      const [answer, ...others] = await Promise.all(sent);
      if (others.some((other) => other && answer && JSON.stringify(other) !== JSON.stringify(answer)))
        this.unheeded.push(`${order.key} is answered in two ways.`);
      this.answers.push(`${JSON.stringify(order)}: ${answer?.text ?? 'no answer'}`);
      if (answer?.done || answer?.waitsUntil || (tries > 1 && !isNeeded())) return answer;
      if (tries >= mostTries) {
        this.unheeded.push(JSON.stringify(order));
        return answer;
      }
      await this.hub.goOn(5);
    }
  }

  /** A command sends an order, and sends it again, as it is, until it is answered. */
  async send(order: object, who: CallerIdentity): Promise<OrderAnswer | undefined> {
    for (let sends = 1; sends <= mostSends; sends += 1) {
      const reply = await this.hub.order(order, who);
      if (reply && reply.status < 500 && 'done' in reply.body) return reply.body;
      await this.hub.goOn(1);
    }
    return undefined;
  }

  /** Somebody has the last fix undone. Nothing may fix it from then on, until that ends. */
  undo(given: Given & { hours?: number } = {}): Promise<OrderAnswer | undefined> {
    return this.#rest('undo', given);
  }

  /** Somebody exempts the finding. Nothing may fix it from then on, until that ends. */
  exempt(given: Given & { hours?: number } = {}): Promise<OrderAnswer | undefined> {
    return this.#rest('exempt', given);
  }

  async #rest(order: 'undo' | 'exempt', { hours = 24 * 30, ...given }: Given & { hours?: number }) {
    const until = new Date(this.aws.clock.milliseconds + hours * 60 * minute).toISOString();
    const answer = await this.order(
      () => ({ ...this.#named(order), reason: 'It is needed', until }),
      // What is fixed can still be undone, and not be exempted.
      order === 'undo' ? () => true : this.#isOpen,
      given,
    );
    if (answer?.done) {
      this.bans.push({
        why: order === 'undo' ? 'undone' : 'exempt',
        from: this.aws.calls.made.length,
        fromTime: 0,
        toTime: Date.parse(until),
      });
    }
    return answer;
  }

  /** Somebody approves the plan that is shown. */
  approve({ reason, ...given }: Given & { reason?: string } = {}): Promise<OrderAnswer | undefined> {
    for (const ban of this.bans.filter(({ why }) => undoneByApproval.includes(why))) {
      ban.to ??= this.aws.calls.made.length;
    }
    return this.order(
      () => {
        const { planDigest: plan = '', seenDigest = plan } = this.latest ?? {};
        for (const digest of [plan, seenDigest]) this.approved.add(digest);
        return { ...this.#named('approve'), plan, ...(reason !== undefined && { reason }) };
      },
      this.#isOpen,
      given,
    );
  }

  /** Somebody denies the plan that is shown. */
  async deny(): Promise<OrderAnswer | undefined> {
    const answer = await this.order(() => ({
      ...this.#named('deny'),
      plan: this.latest?.planDigest ?? '',
      reason: 'It has to be so',
    }));
    if (answer?.done) this.forbid('denied');
    return answer;
  }

  /** Somebody pauses everything. @returns resumes it */
  async pause(): Promise<() => Promise<OrderAnswer | undefined>> {
    const common = { scope: 'organization' };
    const answer = await this.order(() => ({ ...common, order: 'pause', reason: 'A test' }));
    const end = answer?.done ? this.forbid('paused') : () => {};
    return () => {
      end();
      return this.order(() => ({ ...common, order: 'resume' }));
    };
  }

  /** Somebody thaws what is frozen. */
  thaw(given: Given = {}): Promise<OrderAnswer | undefined> {
    for (const ban of this.bans.filter(({ why }) => why === 'frozen')) ban.to ??= this.aws.calls.made.length;
    return this.order(
      () => ({ order: 'thaw', scope: 'organization', list: listDigest(this.records().map(nameInList)) }),
      this.#isOpen,
      given,
    );
  }

  /** AWS Config's word was on the queue for over an hour. */
  async lateMessage(): Promise<void> {
    const end = this.hub.late(61);
    await this.message();
    end();
  }

  /** Somebody has a finding tried again. */
  retry(): Promise<OrderAnswer | undefined> {
    return this.order(() => this.#named('retry'), this.#isOpen);
  }

  /**
   * Does something at the first call before which something else is so.
   * @param isMeant asked before each call about the last one that was made before
   * @returns does it now, if it did not come to it yet, and waits until it is done
   */
  at(isMeant: (last: Call | undefined) => boolean, action: () => Promise<void>): () => Promise<void> {
    let tell = () => {};
    // What follows runs as part of what asked for it, and not of the invocation that makes the call.
    const done = new Promise<void>((resolve) => {
      tell = resolve;
    }).then(action);
    this.#watching.push({ isMeant, tell });
    return () => {
      tell();
      return done;
    };
  }

  /** The owner does something at once, at the first call before which something else is so. */
  ownerAt(isMeant: (last: Call | undefined) => boolean, edit: OwnersEdit): void {
    let isDone = false;
    const tell = () => {
      if (!isDone) this.owner(edit);
      isDone = true;
    };
    this.#watching.push({ isMeant, tell });
  }

  readonly #isOpen = (): boolean => this.latest === undefined || isOpen(this.latest.state);

  /** Something takes long, at the first call before which something else is so. */
  slowAt(isMeant: (last: Call | undefined) => boolean, seconds: number): void {
    this.#watching.push({ isMeant, tell: () => this.aws.clock.advance({ seconds }) });
  }

  #look(): void {
    const last = this.aws.calls.made.at(-2);
    for (const watch of [...this.#watching]) {
      if (!watch.isMeant(last)) continue;
      this.#watching.splice(this.#watching.indexOf(watch), 1);
      watch.tell();
    }
  }

  #named(order: string) {
    const { occurrence = 1 } = this.latest ?? {};
    return { order, finding: this.identity, occurrence };
  }
}
