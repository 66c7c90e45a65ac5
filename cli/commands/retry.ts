import { Command } from 'commander';
import { findingId } from '../../core/finding';
import { findFindings } from '../../operator/findings/find-finding';
import type { Hub } from '../../operator/hub/hub';
import { retry } from '../../operator/retry/retry';
import { printable } from '../../resources/kit/printable';
import { answerText } from '../answer-text';
import { errorText } from '../errors/error-text';
import { regionOption } from '../region-option';
import { standardOutput } from '../terminal';
import { withHub } from '../with-hub';

interface RetryOptions {
  region?: string;
}

/** `staunch retry`: a look now at what failed, was given up or is held. */
export function retryCommand(finish: (status: number) => void): Command {
  return new Command('retry')
    .description(
      'Looks now at findings that failed, were given up, or are held, and fixes what may be fixed.',
    )
    .argument('<finding...>', 'names as staunch findings prints them, or whole names')
    .addOption(regionOption())
    .addHelpText(
      'after',
      `
It gives the coordinator in the hub's account one order for each finding, and
prints each answer. The resource is read again. The policy, pauses, freezes,
limits and approvals still count. A name that matches no finding, or several,
orders nothing at all. It is safe to repeat.

It requires what staunch findings requires, and lambda:InvokeFunction on the
function staunch-coordinator.

Exit status: 0 when all were done, 1 when one was not: its answer says why.

Examples:
  npm run -s staunch -- retry sg-0123456789abcdef0
  npm run -s staunch -- retry photos films
  npm run -s staunch -- findings --failed          # what there is to retry`,
    )
    .action(async (names: string[], { region }: RetryOptions) => {
      const done = await withHub(region, (hub) => retryAll(hub, names));
      finish(done ? 0 : 1);
    });
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
      console.error(`${name}\n${errorText(result.error)}`);
      continue;
    }
    console.log(`${colours.bold(name)}\n${answerText(result.answer, colours, places)}`);
    if (result.answer.done) done += 1;
  }
  return done === records.length;
}
