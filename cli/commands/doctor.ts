import { Command, Option } from 'commander';
import type { DoctorOptions } from '../actions/doctor';
import { ordersUrlOption } from '../orders-url-option';
import { defaultPolicyFile } from '../policy-file';
import { regionOption } from '../region-option';
import { UserError } from '../user-error';

/** `staunch doctor`: whether a deployment works, and before it, whether it would. */
export function doctorCommand(finish: (status: number) => void): Command {
  return new Command('doctor')
    .summary('whether a deployment works; before it, what would stop it')
    .description(
      'Says for each account and Region whether Staunch works there, and what to do where it does not.',
    )
    .argument(
      '[file]',
      `the policy; ${defaultPolicyFile} when left out, and the deployed one against a sandbox`,
    )
    .option('--before', 'before a deployment: what the organization lacks for it')
    .addOption(new Option('--account <account>', 'only this account, by id or by name').conflicts('before'))
    .option(
      '--member-role <role>',
      'with --before: a role in the members that these credentials may assume; AWSControlTowerExecution or OrganizationAccountAccessRole when left out',
    )
    .option('--all', 'also list the accounts and Regions in which all is well')
    .option('--no-probes', 'send no synthetic finding by the detectors: reading alone, and sooner done')
    .option('--json', 'JSON Lines: what each check says of each place')
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
It changes nothing that is yours. Each failure comes with the command that puts
it right, and with the account whose credentials that command requires. What
cannot be read is unknown, and counts as a failure. Some commands have side
effects; a sentence says so.

After a deployment it requires credentials of the hub's account with
sts:AssumeRole on the role staunch-doctor; what staunch plan requires; and
cloudformation:ListStackInstances. In the members it reads by the role
staunch-patrol.

A probe by each detector, a synthetic finding without a resource, shows that
findings reach the hub: rule functions and trails send one from each account and
Region, the patrol from at most 100. It waits up to two and a half minutes for
them. The member's role staunch-probe sends them; nobody is told of them.

With --before it requires credentials of the management account that may read
AWS Organizations, and assume a role in the members. With the hub's credentials
some checks are unknown.

Exit status: 0 when all is well; 1 when something is not, or is unknown. Closed,
suspended and excluded accounts are listed, and count as well.

Examples:
  AWS_PROFILE=management npm run -s staunch -- doctor --before
  npm run -s staunch -- doctor
  npm run -s staunch -- doctor --account payments-prod --all
  npm run -s staunch -- doctor my-organization.yaml --json`,
    )
    .action(async (file: string | undefined, options: DoctorOptions) => {
      if (options.memberRole !== undefined && !options.before)
        throw new UserError(
          '--member-role goes with --before: afterwards the doctor has a role of its own.',
          2,
        );
      const { runDoctor } = await import('../actions/doctor.ts');
      finish(await runDoctor(file, options));
    });
}
