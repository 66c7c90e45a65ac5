import { resolve } from 'node:path';
import { AssemblyError } from '../../infra/assembly';
import { CfnLintError, cfnLintFindings } from '../../infra/check/cfn-lint';

/**
 * Runs cfn-lint over every template of a cloud assembly. Prints each finding; exits 1 when there is one.
 * Arguments: the cloud assembly (`cdk.out` unless given), and the path of cfn-lint (the one on the PATH unless given).
 */
function main([assembly = 'cdk.out', command = 'cfn-lint']: string[]): void {
  const findings = cfnLintFindings(resolve(assembly), command);
  for (const finding of findings) console.error(finding);
  if (findings.length > 0) process.exitCode = 1;
  else console.log('cfn-lint: no finding');
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof AssemblyError || error instanceof CfnLintError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
