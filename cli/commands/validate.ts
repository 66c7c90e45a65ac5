import { Command } from 'commander';
import type { ValidateOptions } from '../actions/validate';
import { defaultPolicyFile } from '../policy-file';

/** `staunch validate`: checks a policy file, offline. */
export function validateCommand(finish: (status: number) => void): Command {
  return new Command('validate')
    .summary('checks a policy file, offline')
    .description("Checks the organization's policy, offline: every error with its file, line and column.")
    .argument('[file]', `the policy; ${defaultPolicyFile} when left out`)
    .option('--schema', "print the policy's JSON Schema for editors instead, and check nothing")
    .addHelpText(
      'after',
      `
It warns on standard error if the policy names no one for alarms. If the policy
names accounts or organizational units by name or path, it recommends their ids.

Exit status: 0 when the policy is valid, 1 when it is not or cannot be read.

Examples:
  npm run -s staunch -- validate
  npm run -s staunch -- validate my-organization.yaml
  npm run -s staunch -- validate --schema > config/organization.schema.json`,
    )
    .action(async (file: string | undefined, options: ValidateOptions) => {
      const { runValidate } = await import('../actions/validate.ts');
      finish(await runValidate(file, options));
    });
}
