import { Command } from 'commander';
import type { StructureOptions } from '../actions/structure';
import { defaultPolicyFile } from '../policy-file';
import { regionOption } from '../region-option';

/** `staunch structure`: what the organization looks like, kept beside the policy. */
export function structureCommand(finish: (status: number) => void): Command {
  return new Command('structure')
    .summary('reads the organization, and keeps it beside the policy')
    .description(
      'Reads the accounts and organizational units, and writes them beside the policy, where a deployment looks up paths and accounts.',
    )
    .argument('[file]', `the policy; ${defaultPolicyFile} when left out`)
    .option('--json', 'one line of JSON')
    .addOption(regionOption())
    .addHelpText(
      'after',
      `
The file is called like the policy: organization.structure.json beside
organization.yaml. It is written anew as a whole. Commit it with the policy, and
write it again when accounts or units came, moved or went.

It requires organizations:ListRoots, organizations:ListAccountsForParent and
organizations:ListOrganizationalUnitsForParent, with credentials of the hub's
account or of the management account.

Exit status: 0 when it is written; 1 when AWS could not be asked, or the file
not be written.

Examples:
  npm run -s staunch -- structure
  AWS_PROFILE=management npm run -s staunch -- structure my-organization.yaml`,
    )
    .action(async (file: string | undefined, options: StructureOptions) => {
      const { runStructure } = await import('../actions/structure.ts');
      finish(await runStructure(file, options));
    });
}
