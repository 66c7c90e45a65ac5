import { type Clock, pause } from '../../clock';
import type { InvocationResult } from './definitions';

/** How Lambda repeats an asynchronous invocation that failed. */
export interface EventInvokeConfig {
  /** 0 to 2. */
  maximumRetryAttempts: number;
}

/** What Lambda does without an EventInvokeConfig. */
export const defaultEventInvokeConfig: EventInvokeConfig = { maximumRetryAttempts: 2 };

/**
 * Repeats an invocation that failed, as Lambda does for asynchronous ones: a minute after the first failure, two minutes
 * after the second, divided by the sandbox's time scale. Answers the last result.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export async function invokeWithRetries(
  invoke: () => Promise<InvocationResult>,
  config: EventInvokeConfig,
  clock: Clock,
  timeScale: number,
  signal: AbortSignal,
): Promise<InvocationResult> {
  let result = await invoke();
  for (let retry = 1; retry <= config.maximumRetryAttempts; retry += 1) {
    if (result.functionError === undefined || signal.aborted) break;
    await pause(clock, (retry * 60_000) / timeScale, signal);
    if (signal.aborted) break;
    result = await invoke();
  }
  return result;
}
