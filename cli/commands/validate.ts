import { join } from 'node:path';
import { Command } from 'commander';
import { policyJsonSchema } from '../../config/json-schema';
import { loadOrganization, type Organization } from '../../config/organization';
import { PolicyError } from '../../config/policy-error';
import { UserError } from '../user-error';
import { userPath } from '../user-path';
import { policySummary } from '../validate/policy-summary';

const defaultFile = 'config/organization.yaml';
const projectDirectory = join(__dirname, '..', '..');

/** `staunch validate`: checks a policy file, offline. */
export function validateCommand(finish: (status: number) => void): Command {
  return new Command('validate')
    .description("Checks the organization's policy, offline: every error with its file, line and column.")
    .argument('[file]', `the policy; ${defaultFile} when left out`)
    .option('--schema', "print the policy's JSON Schema for editors instead, and check nothing", false)
    .addHelpText(
      'after',
      `
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
      const path = given === undefined ? join(projectDirectory, defaultFile) : userPath(given);
      const file = given ?? defaultFile;
      console.log(`${file} is valid: ${policySummary(load(path, file))}`);
      finish(0);
    });
}

/** @param name what the file is called in messages */
function load(path: string, name: string): Organization {
  try {
    return loadOrganization(path, name);
  } catch (error) {
    if (error instanceof PolicyError) throw new UserError(error.message);
    throw error;
  }
}
