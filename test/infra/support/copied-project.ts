import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const project = resolve(__dirname, '..', '..', '..');

/** What the rule function is made of, in a folder of its own, so that a test can change it. */
export class CopiedProject {
  readonly root = mkdtempSync(join(tmpdir(), 'staunch-copy-'));
  private readonly changed = new Set<string>();

  constructor() {
    for (const folder of ['core', 'resources', 'controls', 'member-functions', 'tsconfig.json']) {
      cpSync(join(project, folder), join(this.root, folder), { recursive: true });
    }
    symlinkSync(join(project, 'node_modules'), join(this.root, 'node_modules'));
  }

  /** Replaces the first occurrence of a text, which has to be there. */
  edit(file: string, from: string, to: string): void {
    const text = readFileSync(join(this.root, file), 'utf8');
    if (!text.includes(from)) throw new Error(`${file} does not hold ${from}.`);
    this.write(file, text.replace(from, to));
  }

  /** Adds a text at the end of a file. */
  append(file: string, text: string): void {
    this.write(file, readFileSync(join(this.root, file), 'utf8') + text);
  }

  /** Has every file as it was copied. */
  restore(): void {
    for (const file of this.changed) cpSync(join(project, file), join(this.root, file));
    this.changed.clear();
  }

  private write(file: string, text: string): void {
    writeFileSync(join(this.root, file), text);
    this.changed.add(file);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
