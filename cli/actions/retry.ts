import { findingId } from '../../core/finding';
import { findFindings } from '../../operator/findings/find-finding';
import type { Hub } from '../../operator/hub/hub';
import { retry } from '../../operator/retry/retry';
import { printable } from '../../resources/kit/printable';
import { answerText } from '../answer-text';
import { errorText } from '../errors/error-text';
import { complain, say } from '../say';
import { standardOutput } from '../terminal';
import { type HubOptions, withHub } from '../with-hub';

/** The options of `staunch retry`. */
export type RetryOptions = HubOptions;

/**
 * Looks at findings now.
 * @returns the exit status
 */
export async function runRetry(names: readonly string[], options: RetryOptions): Promise<number> {
  const done = await withHub(options, (hub) => retryAll(hub, names));
  return done ? 0 : 1;
}

/** @returns whether all were done; each answer is printed as it comes */
async function retryAll(hub: Hub, names: readonly string[]): Promise<boolean> {
  const { colours } = standardOutput();
  const records = await findFindings(hub, names);
  const places = await hub.names();
  let done = 0;
  for await (const result of retry(hub, records)) {
    const { identity, occurrence } = result.record;
    const name = printable(findingId(identity, occurrence));
    if ('error' in result) {
      complain(`${name}\n${errorText(result.error)}`);
      continue;
    }
    say(`${colours.bold(name)}\n${answerText(result.answer, colours, places)}`);
    if (result.answer.done) done += 1;
  }
  return done === records.length;
}
