import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { parseOrganization } from '../../config/organization';
import type { SavedStructure } from '../../config/saved-structure';
import { controls } from '../../controls/registry';
import { addAccount } from '../../infra/account/account-stacks';
import { readAssembly } from '../../infra/assembly';
import { bundlesVariable } from '../../infra/kept-bundles';
import { structure } from '../config/support/structure';
import { keptBundles } from '../support/assembly';
import { policyFile, resourcesOf, roleNamesIn } from './support/assemble';

const management = '111111111111';
const directories: string[] = [];

// The rule function of the same sources is bundled once.
beforeAll(() => {
  process.env[bundlesVariable] = keptBundles();
});

afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** The account's own stacks, by Region. */
function stacksOf(policy: string, known?: SavedStructure, account = management) {
  const outdir = mkdtempSync(join(tmpdir(), 'staunch-account-test-'));
  directories.push(outdir);
  const app = new App({ outdir, analyticsReporting: false });
  const organization = parseOrganization(policy, 'organization.yaml');
  addAccount(app, { organization, controls, structure: known, account });
  app.synth();
  const { stacks } = readAssembly(outdir);
  return new Map(stacks.map((stack) => [stack.region, stack]));
}

const watched = policyFile('off').replace('targets: [', `targets: ["${management}", `);

describe('the stacks of an account that no stack set reaches', () => {
  it('hold what stack sets bring to a member, roles in the hub Region alone', () => {
    const stacks = stacksOf(watched.replace('default: off', 'default: approval'), structure);
    expect([...stacks.values()].map(({ account, stackName }) => [account, stackName])).toEqual([
      [management, 'staunch-account'],
      [management, 'staunch-account'],
    ]);
    const [home, other] = ['eu-west-1', 'us-east-1'].map((region) => stacks.get(region)?.template);
    if (!home || !other) throw new Error('A Region has no stack.');
    expect(roleNamesIn(home)).toEqual([
      'staunch-read',
      'staunch-patrol',
      'staunch-probe',
      'staunch-forward-events',
      'staunch-rule',
      'staunch-config-recorder',
      'staunch-remediation',
    ]);
    expect(roleNamesIn(other)).toEqual([]);
    for (const template of [home, other]) {
      expect(resourcesOf(template, 'AWS::Config::ConfigurationRecorder')).toHaveLength(1);
      expect(resourcesOf(template, 'AWS::Lambda::Function')).toHaveLength(1);
      const [recorder] = resourcesOf(template, 'AWS::Config::ConfigurationRecorder');
      const [rule] = resourcesOf(template, 'AWS::Config::ConfigRule');
      expect(rule?.[1].DependsOn).toContain(recorder?.[0]);
    }
  });

  it('hold no role that can write where everything is off, and need no structure then', () => {
    const home = stacksOf(watched.replace('targets', 'recorder: none\ntargets')).get('eu-west-1')?.template;
    expect(home && roleNamesIn(home)).toEqual([
      'staunch-read',
      'staunch-patrol',
      'staunch-probe',
      'staunch-forward-events',
    ]);
    expect(home && resourcesOf(home, 'AWS::Config::ConfigRule')).toEqual([]);
  });

  it('are refused for an account that is not watched, and where only the structure tells', () => {
    expect(() => stacksOf(policyFile('off'))).toThrow('111111111111 is not watched: list it in targets');
    expect(() => stacksOf(watched.replace('default: off', 'default: on'))).toThrow(
      'npm run -s staunch -- structure',
    );
  });
});
