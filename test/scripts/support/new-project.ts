import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');
const { rooms } = require('../../../scripts/rooms') as { rooms: readonly string[] };
const everything = [
  ...rooms,
  ...['test', 'scripts', 'tsconfig.json', 'biome.json', 'package.json', '.gitignore'],
];

/** A copy of the project, to which `npm run new` may write. */
export class NewProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'staunch-new-'));

  /** @param copied folders and files, relative to the project's root */
  constructor(copied: readonly string[] = everything) {
    for (const name of copied.filter((one) => existsSync(join(root, one))))
      cpSync(join(root, name), join(this.folder, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
  }

  text(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  /** What the type check finds in the whole project, a line each that names a file. */
  typeErrors(): string[] {
    const { stdout } = this.#run('tsc', ['--noEmit']);
    return stdout.split('\n').filter((line) => /^\S+\(\d/.test(line));
  }

  /** What the linter and the formatter find in files; nothing where they are content. */
  lint(files: readonly string[]): string {
    const { status, stderr } = this.#run('biome', ['check', '--error-on-warnings', ...files]);
    return status === 0 ? '' : `${status}: ${stderr}`;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #run(program: string, words: readonly string[]) {
    const path = join(root, 'node_modules', '.bin', program);
    return spawnSync(path, words, { cwd: this.folder, encoding: 'utf8' });
  }
}

/** The parts that the skeleton of a type `AWS::Example::Lamp` and of a control of it leaves open, by file. */
export const missingParts: Readonly<Record<string, readonly string[]>> = {
  'resources/lamp/facts.ts': ['arn', 'readPermissions', 'patrolPermissions', 'isRecorded'],
  'resources/lamp/ids.ts': ['pattern', 'form', 'noun', 'idNoun'],
  'resources/lamp/model.ts': ['id', 'fromConfigurationItem', 'relevantChanges'],
  'resources/lamp/handed-over.ts': ['apiId', 'isApiAnswer', 'fits', 'idIn', 'withId'],
  'resources/lamp/api-form.ts': ['form', 'commands'],
  'resources/lamp/shown.ts': ['savedLines', 'changeLines'],
  'resources/lamp/index.ts': ['applyChanges'],
  'resources/lamp/undo.ts': ['UndoPlan'],
  'resources/lamp/read.ts': ['Reading<Lamp>'],
  'resources/lamp/adapter.ts': ['client'],
  'resources/lamp/walk.ts': ['page', 'close'],
  'resources/lamp/trail.ts': ['source', 'names', 'opening', 'touched'],
  'sandbox/resources/lamp/recorded.ts': ['touches', 'list', 'read'],
  'sandbox/resources/lamp/planted.ts': ['dangerous', 'harmless', 'plantings', 'late'],
  'bench/items/lamp.ts': ['resourceId', 'configuration', 'supplementaryConfiguration'],
  'bench/patrol/holdings/lamp.ts': ['usual', 'large', 'plant'],
  'test/resources/walked/lamp.ts': ['inPage', 'list', 'throttled', 'plant', 'remove'],
  'test/resources/examples/lamp.ts': ['ids', 'longestId', 'noIds', 'dangers'],
  'test/faults/resource-types/lamp.ts': ['identity', 'variants', 'plant', 'edit'],
  'controls/lamp-left-on/facts.ts': ['title', 'severity', 'fixPermissions'],
  'controls/lamp-left-on/evaluate.ts': ['compliance', 'violations'],
  'controls/lamp-left-on/plan.ts': ['changes', 'lossy', 'losses'],
};

/**
 * Expects errors to name every missing part, each in its file, and nothing else.
 * @param folders those that were checked; default: all
 */
export function expectMissingParts(errors: readonly string[]): void {
  for (const [file, parts] of Object.entries(missingParts)) {
    const own = errors.filter((line) => line.startsWith(`${file}(`));
    for (const part of parts) expect([file, own.join('\n')]).toEqual([file, expect.stringContaining(part)]);
  }
  expect(errors.filter((line) => !/lamp/.test(line))).toEqual([]);
}
