import { mostFixesPerHour } from '../../core/order';
import { liftLimits } from '../../operator/limits/lift-limits';
import { parseOrderEnd } from '../../operator/text/order-end';
import { answerText } from '../answer-text';
import { say } from '../say';
import { standardOutput } from '../terminal';
import { UserError } from '../user-error';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch limits`. */
export interface LimitsOptions extends HubOptions {
  fixesPerHour: string;
  until: string;
  reason: string;
}

/**
 * Lifts the limits of fixes an hour.
 * @returns the exit status
 * @throws UserError when the number is none
 */
export async function runLimits({ fixesPerHour, until, reason, ...options }: LimitsOptions): Promise<number> {
  const count = Number(fixesPerHour);
  if (!/^\d+$/.test(fixesPerHour) || count < 1 || count > mostFixesPerHour) {
    throw new UserError(
      `--fixes-per-hour is ${JSON.stringify(fixesPerHour)}, and should be a whole number from 1 to ${mostFixesPerHour}.`,
      2,
    );
  }
  const lift = { fixesPerHour: count, until: parseOrderEnd(until, new Date()), reason };
  const answer = await withHub(options, (hub) => liftLimits(hub, lift));
  say(answerText(answer, standardOutput().colours));
  return answer.done ? 0 : 1;
}
