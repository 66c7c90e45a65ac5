import { parseOrderEnd } from '../operator/text/order-end';
import type { undo } from '../operator/undo/undo';
import { answerText } from './answer-text';
import { say } from './say';
import { standardOutput } from './terminal';
import { type HubOptions, withHub } from './with-hub';

/** The options of a command by which a resource is not fixed until then. */
export interface UntilOptions extends HubOptions {
  reason: string;
  until: string;
}

/**
 * Gives an order by which a resource is not fixed until then, and prints the answer.
 * @returns the exit status
 */
export async function runUntil(order: typeof undo, name: string, options: UntilOptions): Promise<number> {
  const until = parseOrderEnd(options.until, new Date());
  const { answer, names } = await withHub(options, async (hub) => ({
    answer: await order(hub, name, { reason: options.reason, until }),
    names: await hub.names(),
  }));
  say(answerText(answer, standardOutput().colours, names));
  return answer.done ? 0 : 1;
}
