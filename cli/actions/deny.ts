import { deny } from '../../operator/decide/deny';
import { decisionText } from '../decide/decision-text';
import { say } from '../say';
import { standardOutput } from '../terminal';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch deny`. */
export interface DenyOptions extends HubOptions {
  reason: string;
}

/**
 * Decides against a plan.
 * @returns the exit status
 */
export async function runDeny(name: string, { reason, ...options }: DenyOptions): Promise<number> {
  const { colours } = standardOutput();
  const result = await withHub(options, (hub) => deny(hub, name, reason));
  say(decisionText(result, colours));
  return result.answer.done ? 0 : 1;
}
