import { Command } from 'commander';
import type { Hub } from '../../operator/hub/hub';
import { pausedNow } from '../../operator/pause/paused-now';
import { resume } from '../../operator/pause/resume';
import { answerText } from '../answer-text';
import { namedScope, type ScopeOptions, scopeOptions } from '../pause/scope-options';
import { stopLines } from '../pause/stop-lines';
import { regionOption } from '../region-option';
import { standardOutput } from '../terminal';
import { withHub } from '../with-hub';

interface ResumeOptions extends ScopeOptions {
  region?: string;
}

/** `staunch resume`: the stop switch, off. */
export function resumeCommand(finish: (status: number) => void): Command {
  const command = new Command('resume').description(
    'Ends a pause. Each is ended on its own: that of an account does not end with that of everything.',
  );
  for (const option of scopeOptions()) command.addOption(option);
  return command
    .addOption(regionOption())
    .addHelpText(
      'after',
      `
What was held for that pause is read again from the next minute on, at most 250 findings a minute, and only then fixed, under the
limits. The answer says what is still paused, and until when. It needs lambda:InvokeFunction on the function staunch-coordinator, and dynamodb:Query on the table
staunch-ledger to say by whom and why; an account's name or a unit's path also needs what staunch plan needs of AWS Organizations.

Exit status: 0 when nothing is paused there by that scope, 1 when it could not be resumed: the answer says why.

Examples:
  npm run -s staunch -- resume
  npm run -s staunch -- resume --account payments-prod
  npm run -s staunch -- resume --ou /Workloads/Prod`,
    )
    .action(async ({ region, ...options }: ResumeOptions) => {
      const done = await withHub(region, (hub) => resumeAndTell(hub, options));
      finish(done ? 0 : 1);
    });
}

/** @returns whether it was resumed; the answer is printed before anything else is asked */
async function resumeAndTell(hub: Hub, options: ScopeOptions): Promise<boolean> {
  const answer = await resume(hub, namedScope(options));
  const names = await hub.names();
  console.log(answerText(answer, standardOutput().colours, names));
  for (const line of stopLines(await pausedNow(hub), names)) console.log(line);
  return answer.done;
}
