import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from 'aws-lambda';

/** How an invocation that was killed looks to whoever called it. */
export type SeenAs = 'timeout' | 'crash' | 'broken-connection';

/** How an invocation ended. */
export type Ending<Result> =
  | { kind: 'returned'; value: Result }
  | { kind: 'threw'; error: unknown }
  | { kind: 'killed'; seenAs: SeenAs };

/** What an invocation asks of the time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly milliseconds: number;
  /**
   * Does something after so many milliseconds.
   * @returns ends that
   */
  after(milliseconds: number, fire: () => void, options?: { drives?: boolean }): () => void;
}

/** What an invocation is started with. */
export interface InvocationOptions {
  clock: Clock;
  /** The function's name, or who a person is. */
  name: string;
  /** After this long Lambda kills it. */
  timeoutMilliseconds: number;
}

const running = new AsyncLocalStorage<Invocation>();

/** A promise that never settles: what an invocation that died waits for. */
export function never<Value>(): Promise<Value> {
  return new Promise(() => {});
}

/**
 * One run of a function, in a process that may die. Everything that a run awaits, and every call that it makes, knows the
 * invocation that it belongs to. One that died makes no call and sees no answer any more, so that its code stops where it is.
 */
export class Invocation {
  readonly name: string;
  /** The invocation that started this one, by a call. */
  readonly caller: Invocation | undefined;
  /** When Lambda kills it, milliseconds since the epoch. */
  readonly deadline: number;
  readonly #inFlight = new Set<Invocation>();
  #death: SeenAs | undefined;
  #hasEnded = false;
  #signal: () => void = () => {};

  private constructor({ clock, name, timeoutMilliseconds }: InvocationOptions) {
    this.name = name;
    this.caller = Invocation.current;
    this.deadline = clock.milliseconds + timeoutMilliseconds;
  }

  /** The invocation that the code which asks runs in; undefined in a test itself. */
  static get current(): Invocation | undefined {
    return running.getStore();
  }

  /**
   * Runs a function in an invocation of its own.
   * @param work takes the context that Lambda hands over
   * @returns how it ends, which never rejects
   */
  static start<Result>(
    options: InvocationOptions,
    work: (context: Context) => Promise<Result>,
  ): { invocation: Invocation; ended: Promise<Ending<Result>> } {
    const invocation = new Invocation(options);
    const { caller } = invocation;
    if (caller) caller.#inFlight.add(invocation);
    const killed = new Promise<Ending<Result>>((resolve) => {
      invocation.#signal = () => resolve({ kind: 'killed', seenAs: invocation.#death ?? 'crash' });
    });
    const timeout = options.timeoutMilliseconds;
    const cancel = options.clock.after(timeout, () => invocation.kill({ seenAs: 'timeout' }), {
      drives: false,
    });
    const worked = running.run(invocation, () => ending(() => work(contextOf(invocation, options.clock))));
    const ended = Promise.race([worked, killed]).then((end) => {
      invocation.#hasEnded = true;
      if (caller) caller.#inFlight.delete(invocation);
      cancel();
      return end;
    });
    return { invocation, ended };
  }

  /** Whether its process has died. */
  get isDead(): boolean {
    return this.#death !== undefined;
  }

  /** Whether it goes on. */
  get isRunning(): boolean {
    return !this.#hasEnded && !this.isDead;
  }

  /**
   * Its process dies; nothing that it has not done yet happens. One that has ended stays as it ended.
   * @param inFlight whether the functions that it is waiting for run on to their end, or die with it; default: they run on
   */
  kill({ seenAs = 'crash', inFlight = 'runs-on' }: { seenAs?: SeenAs; inFlight?: InFlight } = {}): void {
    if (!this.isRunning) return;
    this.#death = seenAs;
    if (inFlight === 'dies-too') for (const other of this.#inFlight) other.kill({ seenAs, inFlight });
    this.#signal();
  }
}

/** What becomes of the functions that a dead invocation was waiting for. */
export type InFlight = 'runs-on' | 'dies-too';

/** A function that runs as part of an invocation, and not at all once that is dead. */
export function boundTo(invocation: Invocation, action: () => void): () => void {
  return () => {
    if (!invocation.isDead) running.run(invocation, action);
  };
}

async function ending<Result>(work: () => Promise<Result>): Promise<Ending<Result>> {
  try {
    return { kind: 'returned', value: await work() };
  } catch (error) {
    return { kind: 'threw', error };
  }
}

let requests = 0;

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextOf(invocation: Invocation, clock: Clock): Context {
  requests += 1;
  const { name, deadline } = invocation;
  const unsupported = () => {
    throw new Error('Functions answer with what they return.');
  };
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:111111111111:function:${name}`,
    memoryLimitInMB: '512',
    awsRequestId: `request-${requests}`,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'faults',
    getRemainingTimeInMillis: () => Math.max(0, deadline - clock.milliseconds),
    done: unsupported,
    fail: unsupported,
    succeed: unsupported,
  };
}
