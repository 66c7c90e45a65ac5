import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { InMemoryAws } from '../../test/faults/aws/in-memory-aws';
import { type ServiceName, throttling } from '../../test/faults/aws/service-error';
import { Invocation } from '../../test/faults/invocation';
import { callMilliseconds } from './call-times';
import { backoff, mostAttempts } from './retries';
import { partitionName, type Throttle, type ThrottledCall, throttlesOf } from './throttles';
import { TokenBucket } from './token-bucket';
import type { WorkerTime } from './worker-time';

/** What paces the calls. */
export interface Pace {
  /** Whose account an invocation of a remediation function works in. */
  accountOf(invocation: Invocation): string;
  /** Numbers from 0 up to 1. */
  random: () => number;
  time: WorkerTime;
  /** What throttles a call; the documented throttles unless given. */
  throttles?: (call: ThrottledCall) => Throttle[];
  /** What a call takes of its function's processor, which makes one call after the other; nothing unless given. */
  processorMilliseconds?: (functionName: string) => number;
}

type Make = InMemoryAws['calls']['make'];

/**
 * Has every call of an AWS in memory take its time, each invocation's apart from the others', meet AWS's throttles, and be tried
 * again as the SDK does. An SDK that also slows itself down, as that of Organizations does, is not imitated: it is throttled more often
 * here, and waits about as long.
 * @returns ends that
 */
export function pace(aws: InMemoryAws, options: Pace): () => void {
  const { calls } = aws;
  const make: Make = calls.make.bind(calls);
  const paced = new PacedCalls(aws, make, options);
  calls.make = (...call) => paced.make(...call);
  return () => {
    calls.make = make;
  };
}

class PacedCalls {
  readonly #buckets = new Map<string, TokenBucket>();
  /** Who was beaten by others in a write, by what, and when that write began. */
  readonly #beaten = new WeakMap<Invocation, { by: string; since: number }>();

  /** Until when the processor of an invocation is busy. */
  readonly #busyUntil = new WeakMap<Invocation, number>();

  constructor(
    private readonly aws: InMemoryAws,
    private readonly performed: Make,
    private readonly options: Pace,
  ) {}

  async make<Answer>(
    service: ServiceName,
    command: string,
    input: object,
    perform: () => Answer | Promise<Answer>,
  ): Promise<Answer> {
    const invocation = Invocation.current;
    if (!invocation) return this.performed(service, command, input, perform);
    const { clock } = this.aws;
    this.#endBeaten(invocation);
    await this.#compute(invocation);
    const accountId = this.options.accountOf(invocation);
    await this.#pass({ service, command, input, accountId }, invocation.name);
    const since = clock.milliseconds;
    await clock.pause(callMilliseconds(service, command));
    try {
      return await this.performed(service, command, input, perform);
    } catch (error) {
      const by = beatenAt(error, input);
      if (by !== undefined) this.#beaten.set(invocation, { by, since });
      throw error;
    }
  }

  /** Waits until no throttle stands in the way. @throws the service's refusal, after as many tries as the SDK makes */
  async #pass(call: ThrottledCall & { service: ServiceName }, functionName: string): Promise<void> {
    const { clock } = this.aws;
    const { random, time, throttles = throttlesOf } = this.options;
    const met = throttles(call);
    for (let attempts = 1; ; attempts += 1) {
      const refused = met.find((throttle) => !this.#bucketOf(throttle).allows(clock.milliseconds));
      if (!refused) {
        for (const throttle of met) this.#bucketOf(throttle).take(throttle.cost);
        return;
      }
      if (attempts >= mostAttempts(call.service, functionName)) throw throttling(call.service);
      const milliseconds = backoff(attempts, random());
      await clock.pause(milliseconds);
      time.wait(refused.name, milliseconds);
    }
  }

  /** The processor makes the call ready, and reads its answer; other calls that wait for answers meanwhile do not need it. */
  async #compute(invocation: Invocation): Promise<void> {
    const { processorMilliseconds, time } = this.options;
    const takes = processorMilliseconds?.(invocation.name) ?? 0;
    if (takes === 0) return;
    const { clock } = this.aws;
    const busyUntil = Math.max(clock.milliseconds, this.#busyUntil.get(invocation) ?? 0) + takes;
    this.#busyUntil.set(invocation, busyUntil);
    time.wait(`the processor of ${invocation.name}`, takes);
    await clock.pause(busyUntil - clock.milliseconds);
  }

  #bucketOf({ key, size }: Throttle): TokenBucket {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(size, this.aws.clock.milliseconds);
    this.#buckets.set(key, bucket);
    return bucket;
  }

  /** Whoever was beaten goes on with this call: the write that came to nothing, and the pause since, were waiting. */
  #endBeaten(invocation: Invocation): void {
    const beaten = this.#beaten.get(invocation);
    if (!beaten) return;
    this.#beaten.delete(invocation);
    this.options.time.wait(beaten.by, this.aws.clock.milliseconds - beaten.since);
  }
}

interface KeyedWrite {
  Item?: Record<string, unknown>;
  Key?: Record<string, unknown>;
}

/** The item in the writing of which others were faster; undefined for any other error. */
function beatenAt(error: unknown, input: object): string | undefined {
  if (error instanceof ConditionalCheckFailedException) return itemName(input);
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const { TransactItems: writes = [] } = input as { TransactItems?: Record<string, KeyedWrite>[] };
  const beaten = (error.CancellationReasons ?? []).findIndex(({ Code: code = 'None' }) => code !== 'None');
  return itemName(Object.values(writes[beaten] ?? {})[0] ?? {});
}

function itemName({ Item, Key }: KeyedWrite): string {
  const { finding, record } = { ...Key, ...Item };
  return `DynamoDB item ${partitionName(finding)} ${String(record).split('#')[0]}`;
}
