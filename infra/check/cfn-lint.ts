import { spawnSync } from 'node:child_process';
import { readAssembly, templateFiles } from '../assembly';

/** Checks of cfn-lint that are not wanted, and why. Any other finding counts, also a warning. */
const ignored = {
  // "Dependency already enforced": the CDK writes these dependencies itself, beside the references that imply them.
  W3005: true,
};

/** Thrown when cfn-lint itself could not run. */
export class CfnLintError extends Error {
  override readonly name = 'CfnLintError';
}

/**
 * Runs cfn-lint over every template of a cloud assembly, those of members included.
 * @param assembly the folder that `cdk synth` wrote
 * @param command path of cfn-lint, or its name where it is on the PATH
 * @returns one line a finding
 * @throws CfnLintError when cfn-lint cannot be started or fails
 */
export function cfnLintFindings(assembly: string, command: string): string[] {
  const files = templateFiles(readAssembly(assembly));
  const options = ['--format', 'parseable', '--ignore-checks', ...Object.keys(ignored)];
  const { status, error, stdout, stderr } = spawnSync(command, [...options, '--', ...files], {
    encoding: 'utf8',
  });
  if (error)
    throw new CfnLintError(`cfn-lint cannot be started as ${command}: ${error.message}`, { cause: error });
  const findings = stdout.split('\n').filter((line) => line !== '');
  // The exit status is made of 2, 4 and 8, one each for errors, warnings and informations:
  // https://github.com/aws-cloudformation/cfn-lint#exit-codes
  if (status !== 0 && findings.length === 0)
    throw new CfnLintError(`cfn-lint failed with ${status}: ${stderr}`);
  return findings;
}
