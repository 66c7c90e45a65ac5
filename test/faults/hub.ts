import type { CompiledPolicy } from '../../config/compiled';
import type { CallerIdentity } from '../../core/actor';
import { functionNames, ledgerTableName, remediationFunctionName } from '../../core/names';
import type { RemediationRequest } from '../../core/remediation';
import type { Door } from '../../hub-functions/orders/door';
import type { Reply } from '../../hub-functions/orders/reply';
import { remediationFunction } from '../../hub-functions/remediation/function';
import type { Adapter } from '../../resources/kit/live-resource';
import { resourceTypes } from '../../resources/resource-types';
import type { InMemoryAws } from './aws/in-memory-aws';
import { type CoordinatorProcess, coordinatorProcess, ordersProcess, stopSwitch } from './hub-parts';
import { type Ending, Invocation } from './invocation';
import { randomFrom } from './random';

const coordinatorMilliseconds = 180_000;
const functionMilliseconds = 60_000;
/** API Gateway waits no longer: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const ordersMilliseconds = 29_000;
/** As the hub's stack has the queue. */
const visibilityMilliseconds = 6 * coordinatorMilliseconds;
const mostReceives = 5;
const minute = 60_000;
/** What is due later than this is another day's: a daily look, the end of an approval. */
const horizonMilliseconds = 4 * 60 * minute;
/** So many sweeps with something to do are never needed. */
const mostSweeps = 60;

interface Message {
  body: string;
  /** Milliseconds since the epoch. */
  sentAt: number;
  receives: number;
  visibleAt: number;
}

/** The hub of the real parts, in an AWS in memory: its queue, its schedule, and people who give orders. */
export class Hub {
  /** What every invocation of a remediation function was asked, and the number of the call that invoked it. */
  readonly requests: { invocation: Invocation; request: RemediationRequest; invoke: number }[] = [];
  /** Messages that were received too often, and went to the dead letters. */
  readonly deadLetters: string[] = [];
  /** Whether the sweep found no end. */
  hasNoRest = false;
  readonly #idle: CoordinatorProcess[] = [];
  readonly #idleDoors: Door[] = [];
  readonly #random: () => number;
  #queue: Message[] = [];
  #late = 0;

  constructor(
    readonly aws: InMemoryAws,
    readonly policy: CompiledPolicy,
    adapters: readonly Adapter[],
    seed = 1,
  ) {
    this.#random = randomFrom(seed);
    // Each file has the environment as it was before the first: functions are made for each hub, and read it then.
    process.env.POWERTOOLS_LOG_LEVEL ??= 'SILENT';
    const { now, pause } = aws.clock;
    aws.lambda.functions.set(functionNames.coordinator, {
      timeoutMilliseconds: coordinatorMilliseconds,
      handler: async (payload, context) => {
        const process = this.#idle.pop() ?? coordinatorProcess(aws, policy, this.#random);
        // One that dies comes to no end.
        await process
          .order(payload, () => context.getRemainingTimeInMillis())
          .finally(() => this.#idle.push(process));
      },
    });
    for (const adapter of adapters) {
      const handler = remediationFunction(adapter, { stopSwitch, now, pause });
      aws.lambda.functions.set(remediationFunctionName(resourceTypes[adapter.resourceType].slug), {
        timeoutMilliseconds: functionMilliseconds,
        handler: (payload, context) => {
          const invocation = Invocation.current;
          const request = payload as RemediationRequest;
          if (invocation) this.requests.push({ invocation, request, invoke: aws.calls.made.length });
          return handler(payload, context);
        },
      });
    }
  }

  /** From now on, messages were on the queue for so many minutes when they are received. @returns ends that */
  late(minutes: number): () => void {
    this.#late = minutes * minute;
    return () => {
      this.#late = 0;
    };
  }

  /** A message arrives on the queue, and is received at once. */
  async message(body: string): Promise<void> {
    const sentAt = this.aws.clock.milliseconds - this.#late;
    const message = { body, sentAt, receives: 0, visibleAt: 0 };
    this.#queue.push(message);
    await this.#receive(message);
  }

  /** Somebody sends an order to the door. @returns undefined when no answer came */
  async order(request: object, identity: CallerIdentity): Promise<Reply | undefined> {
    const process = this.#idleDoors.pop() ?? ordersProcess(this.aws, this.policy, this.#random);
    const asked = { body: JSON.stringify(request), requestContext: { identity } };
    const { ended } = this.aws.run(functionNames.orders, ordersMilliseconds, () => process.answer(asked));
    const end = await ended;
    if (end.kind !== 'killed') this.#idleDoors.push(process);
    return end.kind === 'returned' ? end.value : undefined;
  }

  /** The schedule fires. */
  async sweep(): Promise<void> {
    await this.#invoke((process, remaining) => process.sweep(remaining));
  }

  /** Time passes, in which whatever still runs goes on. */
  pass(milliseconds: number): Promise<void> {
    return this.aws.clock.pause(milliseconds);
  }

  /** Until nothing is left to do: messages come back, and the sweep finds nothing due for hours. */
  async toRest(): Promise<void> {
    for (let sweeps = 0; sweeps < mostSweeps; sweeps += 1) {
      const next = this.#nextAt();
      if (next === undefined) return;
      const { milliseconds } = this.aws.clock;
      const minutes = Math.max(1, Math.ceil((next - milliseconds) / minute));
      await this.goOn(minutes);
    }
    this.hasNoRest = true;
  }

  /** Some minutes pass; then messages come back that were not answered, and the schedule fires. */
  async goOn(minutes: number): Promise<void> {
    await this.pass(minutes * minute);
    for (const message of [...this.#queue]) {
      if (message.visibleAt <= this.aws.clock.milliseconds) await this.#receive(message);
    }
    await this.sweep();
  }

  /** When something is due next; undefined when nothing is within the horizon. */
  #nextAt(): number | undefined {
    const due = this.aws.dynamoDb
      .peek(ledgerTableName)
      .filter(({ sweep }) => sweep === 'report' || sweep === 'due')
      .map(({ dueAt }) => Date.parse(String(dueAt)));
    const next = Math.min(...due, ...this.#queue.map(({ visibleAt }) => visibleAt), ...this.#wakings());
    return next <= this.aws.clock.milliseconds + horizonMilliseconds ? next : undefined;
  }

  /** When the sweep may wake what waits for something that is over. */
  #wakings(): number[] {
    const items = this.aws.dynamoDb.peek(ledgerTableName);
    return items
      .filter(({ sweep }) => String(sweep).startsWith('waits#'))
      .flatMap(({ sweep }) => this.#wakingOf(String(sweep).slice(6), items));
  }

  /** None while it lasts. */
  #wakingOf(waitsFor: string, items: readonly Record<string, unknown>[]): number[] {
    const { milliseconds } = this.aws.clock;
    const at = this.aws.clock.now().toISOString();
    const soon = milliseconds + minute;
    const [kind, id = '', role] = waitsFor.split('#');
    switch (kind) {
      case 'stop': {
        const lasts = items.some(
          ({ finding, record, until }) =>
            finding === 'stop-switch' && record === id && (until === undefined || String(until) > at),
        );
        return lasts ? [] : [soon];
      }
      case 'freeze':
        return this.policy.freezes.some((freeze) => freeze.id === id && freeze.to > at) ? [] : [soon];
      case 'frozen': {
        const list = items.find(({ finding, record }) => finding === 'frozen' && record === id);
        const content = JSON.parse(String(list?.content ?? '{}')) as { frozen?: boolean; releasing?: object };
        return content.frozen && !content.releasing ? [] : [soon];
      }
      case 'account': {
        if (!this.aws.organizations.isMember(id)) return [];
        const found = items.find(
          ({ finding, record }) => finding === 'unreachable' && record === `${id}#${role}`,
        );
        return [Math.max(soon, Date.parse(String(found?.until)) || 0)];
      }
      default:
        return [soon];
    }
  }

  async #receive(message: Message): Promise<void> {
    message.receives += 1;
    message.visibleAt = this.aws.clock.milliseconds + visibilityMilliseconds;
    const end = await this.#invoke((process, remaining) =>
      process.receive(message.body, remaining, new Date(message.sentAt)),
    );
    if (end.kind !== 'returned' && message.receives < mostReceives) return;
    if (end.kind !== 'returned') this.deadLetters.push(message.body);
    this.#queue = this.#queue.filter((other) => other !== message);
  }

  /** One invocation of the coordinator, by a process that waits, or a new one; one that died is not used again. */
  async #invoke<Result>(
    work: (process: CoordinatorProcess, remaining: () => number) => Promise<Result>,
  ): Promise<Ending<Result>> {
    const process = this.#idle.pop() ?? coordinatorProcess(this.aws, this.policy, this.#random);
    const { ended } = this.aws.run(functionNames.coordinator, coordinatorMilliseconds, (context) =>
      work(process, () => context.getRemainingTimeInMillis()),
    );
    const end = await ended;
    if (end.kind !== 'killed') this.#idle.push(process);
    return end;
  }
}
