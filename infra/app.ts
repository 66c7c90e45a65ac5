import { resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { loadOrganization } from '../config/organization';
import { PolicyError } from '../config/policy-error';
import { loadStructure, StructureFileError } from '../config/structure-file';
import { UnresolvedPolicyError } from '../config/unresolved';
import { controls } from '../controls/registry';
import { compactMemberTemplates } from './compact-members';
import { InlineCodeError } from './members/inline-rule-code';
import { StructureNeededError } from './stack-sets/set-targets';
import { addStaunch } from './staunch';

/** Where the organization's policy lies, unless the CDK context `organization` names another file. */
const defaultPolicyFile = 'config/organization.yaml';

/** What somebody can correct who gets the message alone. */
const usersMistakes = [
  PolicyError,
  InlineCodeError,
  StructureFileError,
  StructureNeededError,
  UnresolvedPolicyError,
] as const;

/** Entry of the CDK command line: `cdk synth`, `cdk deploy`, with `-c organization=FILE` for another policy. */
function main(): void {
  const app = new App({ analyticsReporting: false });
  const given: unknown = app.node.tryGetContext('organization');
  const file = typeof given === 'string' ? given : defaultPolicyFile;
  const path = resolve(__dirname, '..', file);
  const organization = loadOrganization(path);
  addStaunch(app, { organization, controls, structure: loadStructure(path) });
  compactMemberTemplates(app.synth().directory);
}

try {
  main();
} catch (error) {
  if (!(error instanceof Error && usersMistakes.some((mistake) => error instanceof mistake))) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
