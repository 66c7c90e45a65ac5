import { join } from 'node:path';
import { Command } from 'commander';
import { loadOrganization, type Organization } from '../../config/organization';
import { PolicyError } from '../../config/policy-error';
import { UserError } from '../user-error';
import { userPath } from '../user-path';

const defaultFile = 'config/organization.yaml';
const projectDirectory = join(__dirname, '..', '..');

/** `staunch validate`: checks a policy file, offline. */
export function validateCommand(finish: (status: number) => void): Command {
  return new Command('validate')
    .description("Checks the organization's policy, offline: every error with its file, line and column.")
    .argument('[file]', `the policy; ${defaultFile} when left out`)
    .addHelpText(
      'after',
      `
Exit status: 0 when the policy is valid, 1 when it is not or cannot be read.

Examples:
  npm run -s staunch -- validate
  npm run -s staunch -- validate my-organization.yaml`,
    )
    .action((given: string | undefined) => {
      const path = given === undefined ? join(projectDirectory, defaultFile) : userPath(given);
      const file = given ?? defaultFile;
      const organization = load(path, file);
      const { accounts, organizationalUnits } = organization.autoResponse;
      const flags = Object.keys(accounts).length + Object.keys(organizationalUnits).length;
      console.log(
        `${file} is valid: default ${organization.autoResponse.default}, ${flags} further flag${flags === 1 ? '' : 's'}, ` +
          `${organization.targets.length} target${organization.targets.length === 1 ? '' : 's'}, ${organization.regions.join(' and ')}.`,
      );
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
