import { Command } from 'commander';
import type { ResumeOptions } from '../actions/resume';
import { ordersUrlOption } from '../orders-url-option';
import { scopeOptions } from '../pause/scope-options';
import { regionOption } from '../region-option';

/** `staunch resume`: the stop switch, off. */
export function resumeCommand(finish: (status: number) => void): Command {
  const command = new Command('resume')
    .summary('ends a pause')
    .description(
      'Ends one pause: that of the organization, or of the account or unit named. Pauses of other scopes stay.',
    );
  for (const option of scopeOptions()) command.addOption(option);
  return command
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
A pause without --until lasts until you resume it. Resuming the organization
ends no pause of an account or a unit: resume each by its own --account or
--ou. The answer lists what is still paused, and until when; staunch findings
also says by whom and why. From the next minute on the coordinator reads again
what that pause held, at most 250 findings a minute, and only then fixes it,
under the limits.

It requires execute-api:Invoke on POST /orders of the API staunch-orders, and
the right thaw of the policy's people, for the whole of what is named. An
account's name or a unit's path also requires what staunch plan requires of AWS
Organizations.

Exit status: 0 when that scope has no pause any more, 1 when it could not be
resumed: the answer says why.

Examples:
  npm run -s staunch -- resume
  npm run -s staunch -- resume --account payments-prod
  npm run -s staunch -- resume --ou /Workloads/Prod`,
    )
    .action(async (options: ResumeOptions) => {
      const { runResume } = await import('../actions/resume.ts');
      finish(await runResume(options));
    });
}
