import { type Clock, pause } from '../../clock';
import type { Failures } from '../../failures';
import { failedMessageIds } from './batch-response';
import type { EventSourceMapping, InvocationResult } from './definitions';
import type { PolledQueue, ReceivedMessage } from './polled-queue';
import { sqsEvent } from './sqs-event';

/**
 * Concurrent invocations of a mapping without MaximumConcurrency; Lambda starts with five:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const initialConcurrency = 5;
/** Pause after a refused call. Lambda backs off too, without saying how long. */
const refusedPauseMilliseconds = 1000;

/** Pause between two questions to a FIFO queue that has messages in flight, unless they are handled sooner. */
const shortPollMilliseconds = 500;
/** Pause between two questions to a queue within a batching window. */
const windowPollMilliseconds = 100;
/** However fast time passes, a batching window is no shorter. */
const shortestWindowMilliseconds = 200;

/** What a poller is made from. */
export interface PollerOptions {
  mapping: EventSourceMapping;
  queue: PolledQueue;
  failures: Failures;
  clock: Clock;
  /** The time that a failed message stays invisible is divided by this, and so is the batching window. */
  timeScale: number;
  /** How far the functions' clocks are ahead of the queue's, in milliseconds. */
  passed(): number;
  /** Runs the function; the payload is the event's JSON text. */
  invoke(payload: string): Promise<InvocationResult>;
}

/** Whether AWS refused a call; the gateway has recorded that already. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name.includes('AccessDenied');
}

/**
 * Polls one queue for one function, as Lambda's event source mapping does: in batches, with as many invocations at a
 * time as the mapping's maximum concurrency. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export class EventSourcePoller {
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly options: PollerOptions) {}

  /** The queue that is polled. */
  get queue(): PolledQueue {
    return this.options.queue;
  }

  /** Starts polling. */
  start(): void {
    this.loop = this.poll().catch((error: Error) => this.report(error));
  }

  /** Stops polling; what was received stays invisible until its visibility timeout ends. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
    await Promise.all(this.running);
    this.queue.close();
  }

  private async poll(): Promise<void> {
    const limit = this.options.mapping.maximumConcurrency ?? initialConcurrency;
    while (!this.stopping.signal.aborted) {
      if (this.running.size >= limit) {
        await Promise.race(this.running);
        continue;
      }
      const messages = (await this.refusable(() => this.receiveBatch())) ?? [];
      if (messages.length === 0) {
        if (this.isShort()) await this.untilSomeAreHandled();
        continue;
      }
      const handling: Promise<void> = this.handle(messages)
        .catch((error: Error) => this.report(error))
        .finally(() => this.running.delete(handling));
      this.running.add(handling);
    }
  }

  /** Most of what a FIFO queue holds comes only when what is in flight is handled; of another group there may be some before. */
  private async untilSomeAreHandled(): Promise<void> {
    const enough = new AbortController();
    const signal = AbortSignal.any([enough.signal, this.stopping.signal]);
    const paused = pause(this.options.clock, shortPollMilliseconds, signal);
    await Promise.race([paused, ...this.running]);
    enough.abort();
  }

  /** A batch: what the queue holds now, and what comes within the batching window while the batch is not full. */
  private async receiveBatch(): Promise<ReceivedMessage[]> {
    const { mapping, clock, queue } = this.options;
    const { signal } = this.stopping;
    const batch = await queue.receive(mapping.batchSize, signal, this.isShort() ? 0 : undefined);
    const windowEnds = clock.now() + this.batchingWindow();
    while (batch.length > 0 && batch.length < mapping.batchSize && clock.now() < windowEnds) {
      await pause(clock, windowPollMilliseconds, signal);
      batch.push(...(await queue.receive(mapping.batchSize - batch.length, signal, 0)));
    }
    return batch;
  }

  /** Milliseconds. It passes faster, too, but leaves what comes together time to do so. */
  private batchingWindow(): number {
    const { mapping, timeScale } = this.options;
    const milliseconds = mapping.maximumBatchingWindowSeconds * 1000;
    return Math.min(milliseconds, Math.max(milliseconds / timeScale, shortestWindowMilliseconds));
  }

  /**
   * Whether a FIFO queue is asked for what it has now, instead of waited for: moto looks at the beginning of a call which groups have a
   * message in flight, and gives nothing of them to that call however long it waits.
   */
  private isShort(): boolean {
    return this.options.mapping.queueArn.endsWith('.fifo') && this.running.size > 0;
  }

  private async handle(messages: ReceivedMessage[]): Promise<void> {
    const { queue, mapping, invoke, passed, timeScale } = this.options;
    const ids = messages.map((message) => message.MessageId);
    const result = await invoke(JSON.stringify(sqsEvent(messages, mapping.queueArn, passed())));
    const failed = this.failedOf(result, ids);
    await this.refusable(() => queue.delete(messages.filter(({ MessageId }) => !failed.includes(MessageId))));
    await queue.postpone(
      messages.filter(({ MessageId }) => failed.includes(MessageId)),
      timeScale,
    );
  }

  private failedOf(result: InvocationResult, ids: string[]): string[] {
    if (result.functionError !== undefined) return ids;
    return this.options.mapping.reportBatchItemFailures ? failedMessageIds(result.payload, ids) : [];
  }

  /** Makes a call of the execution role; when it is refused, pauses and answers undefined. */
  private async refusable<Result>(call: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await call();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await pause(this.options.clock, refusedPauseMilliseconds, this.stopping.signal);
      return undefined;
    }
  }

  /** A call that fails because the poller stops is no failure of the sandbox. */
  private report(error: Error): void {
    if (!this.stopping.signal.aborted) this.options.failures.report(error);
  }
}
