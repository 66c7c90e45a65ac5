import { Command } from 'commander';
import { compilePolicy } from '../../config/compile';
import { policyJsonSchema } from '../../config/json-schema';
import { alarmWarning } from '../../operator/validate/alarm-warning';
import { idAdvice } from '../../operator/validate/id-advice';
import { defaultPolicyFile, loadPolicyFile } from '../policy-file';
import { policySummary } from '../validate/policy-summary';

/** `staunch validate`: checks a policy file, offline. */
export function validateCommand(finish: (status: number) => void): Command {
  return new Command('validate')
    .description("Checks the organization's policy, offline: every error with its file, line and column.")
    .argument('[file]', `the policy; ${defaultPolicyFile} when left out`)
    .option('--schema', "print the policy's JSON Schema for editors instead, and check nothing", false)
    .addHelpText(
      'after',
      `
Where nobody hears of alarms, a line on standard error warns of it. Where the policy names accounts or organizational units by
name or path, another recommends their ids.

Exit status: 0 when the policy is valid, 1 when it is not or cannot be read.

Examples:
  npm run -s staunch -- validate
  npm run -s staunch -- validate my-organization.yaml
  npm run -s staunch -- validate --schema > config/organization.schema.json`,
    )
    .action((given: string | undefined, { schema }: { schema: boolean }) => {
      if (schema) {
        process.stdout.write(policyJsonSchema());
        finish(0);
        return;
      }
      const { name, organization } = loadPolicyFile(given);
      console.log(`${name} is valid: ${policySummary(organization)}`);
      for (const line of [alarmWarning(organization), idAdvice(compilePolicy(organization))]) {
        if (line !== undefined) console.error(line);
      }
      finish(0);
    });
}
