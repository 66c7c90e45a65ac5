import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const project = resolve(__dirname, '..', '..', '..');

/** What the rule function is made of, in a folder of its own, so that a test can change it. */
export class CopiedProject {
  readonly root = mkdtempSync(join(tmpdir(), 'staunch-copy-'));

  constructor() {
    for (const folder of ['core', 'resources', 'controls', 'member-functions', 'tsconfig.json']) {
      cpSync(join(project, folder), join(this.root, folder), { recursive: true });
    }
    symlinkSync(join(project, 'node_modules'), join(this.root, 'node_modules'));
  }

  /** Replaces the first occurrence of a text, which has to be there. */
  edit(file: string, from: string, to: string): void {
    const path = join(this.root, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} does not hold ${from}.`);
    writeFileSync(path, text.replace(from, to));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
