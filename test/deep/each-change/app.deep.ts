import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readAssembly } from '../../../infra/assembly';
import { bundlesVariable } from '../../../infra/kept-bundles';
import { policyFile } from '../../infra/support/assemble';
import { keptBundles } from '../../support/assembly';

const root = resolve(__dirname, '../../..');

/** Runs the app's entry as the CDK command line does. */
function runApp(outdir: string, context: Record<string, string>) {
  return spawnSync(process.execPath, ['--require', 'tsx/cjs', 'infra/app.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      [bundlesVariable]: keptBundles(),
    },
  });
}

describe("the app's entry", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'staunch-app-test-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('reads the policy file that the context names', () => {
    const file = join(folder, 'policy.yaml');
    writeFileSync(file, policyFile('off').replaceAll('222222222222', '444444444444'));
    const { status, stderr } = runApp(join(folder, 'out'), { organization: file });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { stacks } = readAssembly(join(folder, 'out'));
    expect(stacks.map(({ account }) => account)).toEqual(['444444444444', '444444444444']);
  }, 120_000);

  it('says what is wrong with the policy, and ends with 1 and without a stack trace', () => {
    const file = join(folder, 'policy.yaml');
    writeFileSync(file, policyFile('off').replace('eu-west-1 }', 'Ireland }'));
    const { status, stderr } = runApp(join(folder, 'out'), { organization: file });
    expect(status).toBe(1);
    expect(stderr).toContain('hub.region');
    expect(stderr).not.toMatch(/^\s+at /m);
  }, 60_000);
});
