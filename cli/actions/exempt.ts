import { exempt } from '../../operator/exempt/exempt';
import { parseOrderEnd } from '../../operator/text/order-end';
import { answerText } from '../answer-text';
import { say } from '../say';
import { standardOutput } from '../terminal';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch exempt`. */
export interface ExemptOptions extends HubOptions {
  reason: string;
  until: string;
}

/**
 * Has a resource left as it is.
 * @returns the exit status
 */
export async function runExempt(name: string, options: ExemptOptions): Promise<number> {
  const until = parseOrderEnd(options.until, new Date());
  const { answer, names } = await withHub(options, async (hub) => ({
    answer: await exempt(hub, name, { reason: options.reason, until }),
    names: await hub.names(),
  }));
  say(answerText(answer, standardOutput().colours, names));
  return answer.done ? 0 : 1;
}
