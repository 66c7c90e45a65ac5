import { Command } from 'commander';
import { endForms } from '../end-forms';
import { ordersUrlOption } from '../orders-url-option';
import { regionOption } from '../region-option';
import type { UntilOptions } from '../until-then';

/** `staunch exempt`: a resource stays as it is, until then. */
export function exemptCommand(finish: (status: number) => void): Command {
  return new Command('exempt')
    .summary('leaves a resource as it is, until then')
    .description('Exempts the resource of a finding: Staunch leaves it as it is, exposed, until then.')
    .argument('<finding>', 'its name as staunch findings prints it, or its whole name')
    .requiredOption('--reason <text>', 'why; the ledger and the channel show it')
    .requiredOption('--until <when>', `until when the resource is not fixed: ${endForms}`)
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
Nothing is changed, now or before --until, by that control. Afterwards the
resource is looked at again. A later exemption of the same finding replaces it.
What was fixed already is restored by staunch undo, not by this.

It requires what staunch findings requires; execute-api:Invoke on POST /orders
of the API staunch-orders; and the right exempt of the policy's people, which
may take two persons: the first one's order waits a day for the second's.
The ledger records who ordered it. staunch whoami says what you may.

Exit status: 0 when the resource is exempt; 1 when it is not, or not yet: the
answer says why; 2 when the reason or the end is not valid.

Examples:
  npm run -s staunch -- exempt photos --reason 'Public on purpose' --until 4w
  npm run -s staunch -- exempt '111122223333#eu-west-1#s3-public-access#logs' \\
    --reason 'A partner reads it' --until 2026-12-24`,
    )
    .action(async (name: string, options: UntilOptions) => {
      const { runExempt } = await import('../actions/exempt.ts');
      finish(await runExempt(name, options));
    });
}
