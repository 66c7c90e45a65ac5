import { Worker } from 'node:worker_threads';
import type { Evaluated } from './evaluated';
import type { Block } from './input-parts';
import type { JudgingRequest } from './judge';
import type { WorkerAnswer } from './worker';

/** A thread's young objects, all of which die with their line: little room is enough, and each thread has its own. */
const youngMegabytes = 4;

interface Waiting {
  resolve(answer: WorkerAnswer): void;
  reject(error: unknown): void;
}

/** Threads that judge blocks of lines. */
export class WorkerPool {
  private readonly threads: { worker: Worker; waiting: Waiting[] }[];

  /**
   * Starts threads.
   * @param module URL of `worker.ts`, compiled
   */
  constructor(module: string, count: number, request: JudgingRequest) {
    this.threads = Array.from({ length: count }, () => {
      const worker = new Worker(new URL(module), {
        workerData: request,
        execArgv: [],
        resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
      });
      const waiting: Waiting[] = [];
      const fail = (error: unknown) => {
        for (const { reject } of waiting.splice(0)) reject(error);
      };
      worker.on('message', (answer: WorkerAnswer) => waiting.shift()?.resolve(answer));
      worker.on('error', fail);
      worker.on('exit', (status) => fail(new Error(`A thread ended with ${status}.`)));
      return { worker, waiting };
    });
  }

  /**
   * Has the thread that has least to do judge a block.
   * @param block its memory is gone until the answer is there
   * @param takeBack takes the memory back
   */
  async evaluate(block: Block, takeBack: (memory: Block['memory']) => void): Promise<Evaluated> {
    const [least, ...others] = this.threads;
    if (least === undefined) throw new Error('There is no thread.');
    const { worker, waiting } = others.reduce(
      (one, other) => (other.waiting.length < one.waiting.length ? other : one),
      least,
    );
    const { evaluated, memory } = await new Promise<WorkerAnswer>((resolve, reject) => {
      waiting.push({ resolve, reject });
      worker.postMessage(block, [block.memory.buffer]);
    });
    takeBack(memory);
    return evaluated;
  }

  /** Ends the threads, also in the middle of something. */
  async close(): Promise<void> {
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }
}
