import { Command } from 'commander';
import { endForms } from '../end-forms';
import { ordersUrlOption } from '../orders-url-option';
import { regionOption } from '../region-option';
import type { UntilOptions } from '../until-then';

/** `staunch undo`: restores what a fix removed, and so exposes the resource again. */
export function undoCommand(finish: (status: number) => void): Command {
  return new Command('undo')
    .summary('restores what a fix removed')
    .description(
      'Exposes a resource again: restores what its fix removed, and keeps it from being fixed until then.',
    )
    .argument('<finding>', 'its name as staunch findings prints it, or its whole name')
    .requiredOption('--reason <text>', 'why; the ledger and the channel show it')
    .requiredOption('--until <when>', `until when the resource is not fixed again: ${endForms}`)
    .addOption(regionOption())
    .addOption(ordersUrlOption())
    .addHelpText(
      'after',
      `
It exposes the resource again, without confirmation, and Staunch does not fix
it before --until. If anyone has since changed what the fix touched, nothing is
changed, and the differences are listed. The command orders the hub to undo the
fix, and waits seven minutes at most.

It requires what staunch findings requires; execute-api:Invoke on POST /orders
of the API staunch-orders; and the right undo of the policy's people, which may
take two persons: the first one's order waits a day for the second's. The ledger
records who ordered it. staunch whoami says what you may.

Exit status: 0 when everything that the fix removed is restored; 1 when it is
not, or not yet: the answer says why; 2 when the reason or the end is not valid.

Examples:
  npm run -s staunch -- undo sg-0123456789abcdef0 --reason Audit --until 12h
  npm run -s staunch -- undo '111122223333#eu-west-1#s3-public-access#logs#2' \\
    --reason 'Ours to publish' --until 2026-12-24`,
    )
    .action(async (name: string, options: UntilOptions) => {
      const { runUndo } = await import('../actions/undo.ts');
      finish(await runUndo(name, options));
    });
}
