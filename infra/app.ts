import { resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import { loadOrganization } from '../config/organization';
import { PolicyError } from '../config/policy-error';
import { controls } from '../controls/registry';
import { compactMemberTemplates } from './compact-members';
import { InlineCodeError } from './members/inline-rule-code';
import { addStaunch } from './staunch';

/** Where the organization's policy lies, unless the CDK context `organization` names another file. */
const defaultPolicyFile = 'config/organization.yaml';

/** Entry of the CDK command line: `cdk synth`, `cdk deploy`, with `-c organization=FILE` for another policy. */
function main(): void {
  const app = new App({ analyticsReporting: false });
  const given: unknown = app.node.tryGetContext('organization');
  const file = typeof given === 'string' ? given : defaultPolicyFile;
  const organization = loadOrganization(resolve(__dirname, '..', file));
  addStaunch(app, { organization, controls });
  compactMemberTemplates(app.synth().directory);
}

try {
  main();
} catch (error) {
  if (!(error instanceof PolicyError || error instanceof InlineCodeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
