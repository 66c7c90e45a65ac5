import { randomFrom } from '../../test/faults/random';
import { Turns } from '../../test/faults/turns';
import { VirtualClock } from '../../test/faults/virtual-clock';
import { FakeError } from '../../test/operator/doctor/organization/fake-error';
import { callMilliseconds } from '../throughput/call-times';
import { backoff } from '../throughput/retries';
import { type ThrottledCall, throttlesOf } from '../throughput/throttles';
import { TokenBucket } from '../throughput/token-bucket';
import { WorkerTime } from '../throughput/worker-time';
import { type HeapReader, LiveHeap } from './live-heap';

/** A call of a client, and how often that tries it. */
export interface PacedCall extends ThrottledCall {
  attempts: number;
}

/**
 * Has calls take their time on a virtual clock, meet AWS's throttles, and be tried again as the SDK does; and counts them. A client
 * that also slows itself down, as those in adaptive mode do, is not imitated: it is throttled more often here, and waits about as long.
 */
export class PacedCalls {
  readonly clock = new VirtualClock();
  /** How many calls were made, by service and operation, those that were refused and tried again not among them. */
  readonly counts = new Map<string, number>();
  readonly time = new WorkerTime();
  readonly heap: LiveHeap;
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #random = randomFrom(3);

  constructor(heap: HeapReader) {
    this.heap = new LiveHeap(heap);
    // Moves the clock on when everything waits for it.
    new Turns(this.clock);
  }

  /** @throws the service's refusal, after as many tries as the client makes; and what the call throws */
  async make<Answer>(call: PacedCall, perform: () => Answer | Promise<Answer>): Promise<Answer> {
    await this.#pass(call);
    await this.clock.pause(callMilliseconds(call.service, call.command));
    const name = `${call.service} ${call.command}`;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    this.heap.look();
    return perform();
  }

  async #pass(call: PacedCall): Promise<void> {
    const { clock, time } = this;
    const met = throttlesOf(call);
    for (let attempts = 1; ; attempts += 1) {
      const buckets = met.map((throttle) => ({ throttle, bucket: this.#bucketOf(throttle) }));
      const refused = buckets.find(({ bucket }) => !bucket.allows(clock.milliseconds));
      if (!refused) {
        for (const { throttle, bucket } of buckets) bucket.take(throttle.cost);
        return;
      }
      if (attempts >= call.attempts) throw new FakeError('ThrottlingException', 'Rate exceeded');
      const milliseconds = backoff(attempts, this.#random());
      await clock.pause(milliseconds);
      time.wait(refused.throttle.name, milliseconds);
    }
  }

  #bucketOf({ key, size }: ReturnType<typeof throttlesOf>[number]): TokenBucket {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(size, this.clock.milliseconds);
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
