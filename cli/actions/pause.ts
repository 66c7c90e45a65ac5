import { pause } from '../../operator/pause/pause';
import { parseOrderEnd } from '../../operator/text/order-end';
import { answerText } from '../answer-text';
import { namedScope, type ScopeOptions } from '../pause/scope-options';
import { say } from '../say';
import { standardOutput } from '../terminal';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch pause`. */
export interface PauseOptions extends ScopeOptions, HubOptions {
  reason: string;
  until?: string;
}

/**
 * Turns the stop switch on.
 * @returns the exit status
 */
export async function runPause({ reason, until, ...options }: PauseOptions): Promise<number> {
  const end = until === undefined ? undefined : parseOrderEnd(until, new Date());
  const { answer, names } = await withHub(options, async (hub) => ({
    answer: await pause(hub, namedScope(options), { reason, ...(end && { until: end }) }),
    names: await hub.names(),
  }));
  say(answerText(answer, standardOutput().colours, names));
  return answer.done ? 0 : 1;
}
