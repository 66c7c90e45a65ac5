import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resourceTypes } from '../../resources/resource-types';
import { main } from '../../scripts/new/main';
import { RegistryError, withLine } from '../../scripts/new/registry-line';

const root = join(__dirname, '..', '..');
const rooms = [
  ...['core', 'resources', 'controls', 'config', 'decision', 'ledger', 'operator', 'member-functions'],
  ...[
    'hub-functions',
    'infra',
    'cli',
    'sandbox',
    'bench',
    'test',
    'scripts',
    'tsconfig.json',
    'biome.json',
    'package.json',
    '.gitignore',
  ],
];
let project: string;
let said: string[];

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'staunch-new-'));
  for (const room of rooms) {
    try {
      cpSync(join(root, room), join(project, room), { recursive: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
  said = [];
  vi.spyOn(console, 'log').mockImplementation((line) => said.push(String(line)));
  vi.spyOn(console, 'error').mockImplementation((line) => said.push(String(line)));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(project, { recursive: true, force: true });
});

const types = () => {
  const tsc = join(root, 'node_modules', '.bin', 'tsc');
  return spawnSync(tsc, ['--noEmit', '-p', project], { cwd: project, encoding: 'utf8' }).stdout;
};
const text = (file: string) => readFileSync(join(project, file), 'utf8');

it('writes a resource type and a control of it, whose missing parts the type check names', () => {
  expect(main(['resource', 'AWS::Example::Lamp', 'lamp'], project)).toBe(0);
  expect(main(['control', 'lamp-left-on', 'AWS::Example::Lamp'], project)).toBe(0);
  const errors = types();
  for (const [file, parts] of Object.entries({
    'resources/lamp/facts.ts': ['arn', 'readPermissions', 'trail', 'isRecorded'],
    'resources/lamp/ids.ts': ['pattern', 'form', 'noun', 'idNoun'],
    'resources/lamp/model.ts': ['id', 'fromConfigurationItem', 'relevantChanges'],
    'resources/lamp/handed-over.ts': ['apiId', 'fits', 'idIn', 'withId'],
    'resources/lamp/api-form.ts': ['form', 'commands'],
    'resources/lamp/shown.ts': ['savedLines', 'changeLines'],
    'resources/lamp/index.ts': ['applyChanges'],
    'resources/lamp/undo.ts': ['UndoPlan'],
    'resources/lamp/read.ts': ['Reading<Lamp>'],
    'resources/lamp/adapter.ts': ['client'],
    'sandbox/resources/lamp/recorded.ts': ['touches', 'list', 'read'],
    'sandbox/resources/lamp/planted.ts': ['dangerous', 'harmless', 'plantings', 'late'],
    'bench/items/lamp.ts': ['resourceId', 'configuration', 'supplementaryConfiguration'],
    'test/resources/examples/lamp.ts': ['ids', 'longestId', 'noIds', 'dangers'],
    'test/faults/resource-types/lamp.ts': ['identity', 'variants', 'plant', 'edit'],
    'controls/lamp-left-on/facts.ts': ['title', 'severity', 'fixPermissions'],
    'controls/lamp-left-on/evaluate.ts': ['compliance', 'violations'],
    'controls/lamp-left-on/plan.ts': ['changes', 'lossy', 'losses'],
  })) {
    const own = errors.split('\n').filter((line) => line.startsWith(`${file}(`));
    for (const part of parts) expect([file, own.join('\n')]).toEqual([file, expect.stringContaining(part)]);
  }
  const others = errors.split('\n').filter((line) => /^\S+\(\d/.test(line) && !/lamp/.test(line));
  expect(others).toEqual([]);
  // Nothing that a linter says has to be mended before anything is written.
  const biome = join(root, 'node_modules', '.bin', 'biome');
  const written = said.filter((line) => line.endsWith('.ts'));
  const lint = spawnSync(biome, ['check', '--error-on-warnings', ...written], {
    cwd: project,
    encoding: 'utf8',
  });
  expect([lint.status, lint.status === 0 ? '' : lint.stderr]).toEqual([0, '']);
}, 60_000);

it('adds one line to each registry, and a formatter has nothing to do there', () => {
  expect(main(['resource', 'AWS::Example::Lamp', 'lamp'], project)).toBe(0);
  for (const file of [
    'resources/resource-types.ts',
    'resources/registry.ts',
    'resources/api-forms.ts',
    'sandbox/resources/recorded.ts',
    'sandbox/resources/planted.ts',
    'bench/items/registry.ts',
    'test/resources/examples/registry.ts',
    'test/faults/resource-types/registry.ts',
  ]) {
    const added = text(file)
      .split('\n')
      .filter((line) => /lamp/i.test(line));
    expect([file, added.length]).toEqual([file, 2]);
  }
  expect(text('infra/bundle-limits.ts')).toContain("\n  'staunch-remediate-lamp': 0,\n");
});

it('overwrites nothing', () => {
  const before = text('resources/registry.ts');
  expect(main(['resource', 'AWS::S3::Bucket', 'bucket'], project)).toBe(1);
  expect(said.join('\n')).toContain('exists already; nothing was written.');
  expect(text('resources/registry.ts')).toBe(before);
});

it.each([
  [[]],
  [['resource', 'Lamp', 'lamp']],
  [['resource', 'AWS::Example::Lamp', '../lamp']],
  [['control', 'Lamp', 'AWS::Example::Lamp']],
  [['control', 'lamp', 'AWS::Example::Lamp', 'more']],
])('says how it is used: %j', (args) => {
  expect(main(args, project)).toBe(2);
  expect(said.join('\n')).toContain('npm run new -- resource AWS::Example::Lamp lamp');
});

it('says how it is used to whoever asks for it, and that is no error', () => {
  expect(main(['--help'], project)).toBe(0);
  expect(console.error).not.toHaveBeenCalled();
  expect(said.join('\n')).toContain('npm run new -- control lamp-left-on AWS::Example::Lamp');
});

it.each([[['control', 'lamp-left-on']], [['control', 'lamp-left-on', 'AWS::Example::Lamp']]])(
  'says which resource types a control may be about: %j',
  (args) => {
    expect(main(args, project)).toBe(2);
    for (const type of Object.keys(resourceTypes)) expect(said.join('\n')).toContain(type);
  },
);

it('says so where a registry is not as it knows it', () => {
  const line = { file: 'a.ts', declaration: 'all', importLine: '', entry: '' };
  expect(() => withLine('export const none = [];', line)).toThrow(RegistryError);
});
