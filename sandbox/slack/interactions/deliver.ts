import { parseJson } from '../request-body';
import type { SignedRequest } from './signed-request';

/** What became of what somebody did. */
export interface InteractionResult {
  /** HTTP status of the app's answer; 0 where none came. */
  status: number;
  /** The answer, parsed where it is JSON; why none came, where none did. */
  body: unknown;
  /** From the request to its answer. Slack waits for 3,000. */
  milliseconds: number;
  /** What Slack shows the person where it cannot go by the answer. */
  problem?: string;
}

/** How long Slack waits for an answer, in milliseconds: https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response */
const acknowledgementTime = 3_000;

/**
 * Sends a request to the app. It waits longer for the answer than Slack does, which a slow machine needs; `problem` tells of it.
 * @param url the app's request URL
 */
export async function deliver(url: string, request: SignedRequest): Promise<InteractionResult> {
  const begun = performance.now();
  const milliseconds = () => Math.round(performance.now() - begun);
  try {
    const response = await fetch(url, { method: 'POST', ...request, redirect: 'manual' });
    const text = await response.text();
    const taken = milliseconds();
    const problem = problemOf(response.status, taken);
    return {
      status: response.status,
      body: parseJson(text) ?? text,
      milliseconds: taken,
      ...(problem !== undefined && { problem }),
    };
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? cause.message : message;
    return { status: 0, body: why, milliseconds: milliseconds(), problem: `The app did not answer: ${why}` };
  }
}

function problemOf(status: number, milliseconds: number): string | undefined {
  if (status !== 200) return `The app answered HTTP ${status}.`;
  return milliseconds > acknowledgementTime
    ? `The app answered after ${milliseconds} ms; Slack waits for ${acknowledgementTime}.`
    : undefined;
}
