import { parseOrderEnd } from '../../operator/text/order-end';
import { undo } from '../../operator/undo/undo';
import { answerText } from '../answer-text';
import { say } from '../say';
import { standardOutput } from '../terminal';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch undo`. */
export interface UndoOptions extends HubOptions {
  reason: string;
  until: string;
}

/**
 * Restores what a fix removed.
 * @returns the exit status
 */
export async function runUndo(name: string, options: UndoOptions): Promise<number> {
  const until = parseOrderEnd(options.until, new Date());
  const { answer, names } = await withHub(options, async (hub) => ({
    answer: await undo(hub, name, { reason: options.reason, until }),
    names: await hub.names(),
  }));
  say(answerText(answer, standardOutput().colours, names));
  return answer.done ? 0 : 1;
}
