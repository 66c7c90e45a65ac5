import { AwsError } from './aws-api/aws-error';
import type { AwsCall } from './aws-api/json-api';

/** How long the caller may wait. */
export interface Patience {
  /** Milliseconds that are left. */
  remaining(): number;
  pause(milliseconds: number): Promise<void>;
}

/** Pauses between two tries; milliseconds. The call is allowed once a minute. */
const firstPause = 2_000;
const longestPause = 20_000;
/** What the last try, and the end of the invocation, take; milliseconds. */
const reserve = 10_000;

/**
 * Has AWS Config judge by a rule everything that exists. AWS Config refuses that while an evaluation of the rule runs, and
 * within a minute of the last; what runs may have judged by the setting as it was, so that it is asked again until it
 * takes the call.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigRulesEvaluation.html
 * @throws Error when AWS Config did not take the call in time, so that Lambda tries the whole invocation again
 */
export async function startEvaluation(
  callConfig: AwsCall,
  ruleName: string,
  { remaining, pause }: Patience,
): Promise<void> {
  for (let pauseLength = firstPause; ; pauseLength = Math.min(pauseLength * 2, longestPause)) {
    try {
      await callConfig('StartConfigRulesEvaluation', { ConfigRuleNames: [ruleName] });
      return;
    } catch (error) {
      if (!isBusy(error) || remaining() < pauseLength + reserve) throw error;
      await pause(pauseLength);
    }
  }
}

function isBusy(error: unknown): boolean {
  return (
    error instanceof AwsError &&
    (error.name === 'LimitExceededException' || error.name === 'ResourceInUseException')
  );
}
