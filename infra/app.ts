import { resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { loadOrganization } from '../config/organization';
import { PolicyError } from '../config/policy-error';
import { loadStructure, StructureFileError } from '../config/structure-file';
import { UnresolvedPolicyError } from '../config/unresolved';
import { controls } from '../controls/registry';
import { addAccount } from './account/account-stacks';
import { compactMemberTemplates } from './compact-members';
import { InlineCodeError } from './members/inline-rule-code';
import { StructureNeededError } from './stack-sets/set-targets';
import { addStaunch, tag } from './staunch';

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

/**
 * Entry of the CDK command line: `cdk synth`, `cdk deploy`, with `-c organization=FILE` for another policy, and with
 * `-c account=management`, or an account's id, for that account alone. `-c keepRemediation=ID,ID` keeps the role that can write in
 * accounts whose flags do not ask for it.
 */
function main(): void {
  const app = new App({ analyticsReporting: false });
  const given: unknown = app.node.tryGetContext('organization');
  const file = typeof given === 'string' ? given : defaultPolicyFile;
  const path = resolve(__dirname, '..', file);
  const organization = loadOrganization(path);
  const props = { organization, controls, structure: loadStructure(path) };
  const account: unknown = app.node.tryGetContext('account');
  if (typeof account === 'string') {
    const id = account === 'management' ? organization.organization.managementAccount : account;
    tag(app);
    addAccount(app, { ...props, account: id });
  } else addStaunch(app, { ...props, keepRemediation: listOf(app.node.tryGetContext('keepRemediation')) });
  compactMemberTemplates(app.synth().directory);
}

/** What a context holds that lists ids with commas between them. */
function listOf(context: unknown): string[] {
  return typeof context === 'string' ? context.split(',').filter((id) => id !== '') : [];
}

try {
  main();
} catch (error) {
  if (!(error instanceof Error && usersMistakes.some((mistake) => error instanceof mistake))) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
