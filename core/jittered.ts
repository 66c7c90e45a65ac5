/** What waiting between tries takes; injected, so that no test waits. */
export interface Waiting {
  /** Waits so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
  /** A number from 0 to below 1. */
  random(): number;
}

const firstMilliseconds = 20;
const longestMilliseconds = 1_000;

/**
 * How long to wait before another try: any time up to a bound that doubles with each one, so that those who met once do not
 * meet again. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 * @param tries how many were made, from 1
 * @returns milliseconds
 */
export function jitteredMilliseconds(tries: number, random: Waiting['random']): number {
  return Math.round(Math.min(firstMilliseconds * 2 ** (tries - 1), longestMilliseconds) * random());
}

const mostTries = 3;

/**
 * Tries three times, with pauses of random length in between.
 * @param mayPass whether an error may be over in a moment; by default any
 * @throws what the last try throws
 */
export async function withRetries<Value>(
  attempt: () => Promise<Value>,
  { pause, random }: Waiting,
  mayPass: (error: unknown) => boolean = () => true,
): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= mostTries || !mayPass(error)) throw error;
      await pause(firstMilliseconds + jitteredMilliseconds(tries, random));
    }
  }
}

/** Waits for real. */
export const realWaiting: Waiting = {
  pause: (milliseconds) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
};
