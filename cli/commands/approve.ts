import { Command } from 'commander';
import { decideOn } from '../decide/decide-on';
import { decisionText, planText } from '../decide/decision-text';
import { withHub } from '../hub/hub';
import { regionOption } from '../hub/region-option';
import { standardOutput } from '../terminal';

interface ApproveOptions {
  region?: string;
}

/** `staunch approve`: yes to a plan that waits. */
export function approveCommand(finish: (status: number) => void): Command {
  return new Command('approve')
    .description('Has the plan of a finding that waits applied: the one that it shows, and no other.')
    .argument('<finding>', 'its name as staunch findings prints it, or its whole name')
    .addOption(regionOption())
    .addHelpText(
      'after',
      `
It shows the plan, and orders the coordinator in the hub's account to apply it; there is no further question. Where the
resource differs by now, nothing is decided, and the new plan is shown. The first decision wins. It needs what staunch show
needs, and lambda:InvokeFunction on the function staunch-coordinator. Who decided is kept.

Exit status: 0 when the plan was applied, waits for its time (a pause, a limit), or is not needed any more; 1 when it was not
approved or could not be applied: the answer says why.

Examples:
  npm run -s staunch -- approve sg-0123456789abcdef0
  npm run -s staunch -- approve '111122223333#eu-west-1#s3-public-access#photos#2'`,
    )
    .action(async (name: string, { region }: ApproveOptions) => {
      const { colours } = standardOutput();
      const result = await withHub(region, (hub) =>
        decideOn(hub, name, { order: 'approve' }, (record) =>
          console.log(planText(record, 'The plan', colours)),
        ),
      );
      console.log(decisionText(result, colours));
      finish(result.answer.done ? 0 : 1);
    });
}
