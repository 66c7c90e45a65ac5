import { Command } from 'commander';
import { loadOrganization } from '../../config/organization';
import { PolicyError } from '../../config/policy-error';
import { UserError } from '../user-error';

const defaultFile = 'config/organization.yaml';

/** `staunch validate`: checks a policy file, offline. */
export function validateCommand(finish: (status: number) => void): Command {
  return new Command('validate')
    .description("Checks the organization's policy, offline: every error with its file, line and column.")
    .argument('[file]', 'the policy', defaultFile)
    .addHelpText(
      'after',
      `
Exit status: 0 when the policy is valid, 1 when it is not or cannot be read.

Examples:
  npm run -s staunch -- validate
  npm run -s staunch -- validate my-organization.yaml`,
    )
    .action((file: string) => {
      const organization = load(file);
      const { accounts, organizationalUnits } = organization.autoResponse;
      const flags = Object.keys(accounts).length + Object.keys(organizationalUnits).length;
      console.log(
        `${file} is valid: default ${organization.autoResponse.default}, ${flags} further flag${flags === 1 ? '' : 's'}, ` +
          `${organization.targets.length} target${organization.targets.length === 1 ? '' : 's'}, ${organization.regions.join(' and ')}.`,
      );
      finish(0);
    });
}

function load(file: string) {
  try {
    return loadOrganization(file);
  } catch (error) {
    if (error instanceof PolicyError) throw new UserError(error.message);
    throw error;
  }
}
