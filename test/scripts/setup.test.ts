import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'staunch-setup-'));
  cpSync(join(root, 'scripts'), join(project, 'scripts'), { recursive: true });
  mkdirSync(join(project, 'sandbox'));
  cpSync(join(root, 'sandbox', 'requirements.txt'), join(project, 'sandbox', 'requirements.txt'));
  writeFileSync(join(project, 'package-lock.json'), '{}');
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

/** Runs a line of JavaScript in the project, and returns what it printed. */
function run(code: string, environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', code], {
    cwd: project,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

describe('set-up', () => {
  it.each(['18.20.0', '20.18.3'])('says plainly that Node.js %s is too old', (version) => {
    const { output } = run(
      `try { require('./scripts/setup/node').checkNode('${version}') } catch (error) { console.log(error.message) }`,
    );

    expect(output).toContain(`Staunch needs Node.js 20.19 or later; this is ${version}.`);
  });

  it.each(['20.19.0', '22.0.0', '24.1.0'])('takes Node.js %s', (version) => {
    expect(run(`require('./scripts/setup/node').checkNode('${version}')`)).toEqual({ status: 0, output: '' });
  });

  it('says plainly that there is no Python', () => {
    const { output } = run(
      `try { require('./scripts/setup/python').installPython('sandbox/requirements.txt', () => {}) } catch (error) { console.log(error.message) }`,
      { PYTHON: '/no/such/python' },
    );

    expect(output).toMatch(/^Staunch needs Python 3\.10 or later for its sandbox \(none was found\)/);
  });

  it('says plainly that Python is too old, and which', () => {
    const python = join(project, 'python');
    writeFileSync(python, '#!/bin/sh\necho 3.8\n', { mode: 0o755 });

    const { output } = run(
      `try { require('./scripts/setup/python').installPython('sandbox/requirements.txt', () => {}) } catch (error) { console.log(error.message) }`,
      { PYTHON: python },
    );

    expect(output).toMatch(/^Staunch needs Python 3\.10 or later .*python is 3\.8/);
  });

  it('shows what an installation does while it does it', () => {
    const npm = join(project, 'npm');
    writeFileSync(npm, '#!/bin/sh\necho "added $1 packages"\n', { mode: 0o755 });
    mkdirSync(join(project, 'node_modules'));

    const { output } = run(`require('./scripts/setup/packages').installPackages(console.error)`, {
      PATH: `${project}:${process.env.PATH}`,
    });

    expect(output).toBe('Installing npm packages (once; about a minute) …\nadded ci packages\n');
  });

  it('ends with one message, and without a stack trace, when a package cannot be installed', () => {
    const { status, output } = run(`require('./scripts/setup').setUp()`);

    expect(status).toBe(1);
    expect(output).toContain('npm ci failed');
    expect(output).not.toContain('scripts/setup/packages.js');
  });
});
