import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UnsupportedError } from '../../failures';
import type { FunctionDefinition } from './definitions';

/** A name for code that is the same for the same code, so that every account shares one copy. */
function nameOf(code: FunctionDefinition['code']): string {
  const identity = 'inline' in code ? `inline:${code.inline}` : `directory:${resolve(code.directory)}`;
  return createHash('sha256').update(identity).digest('hex').slice(0, 24);
}

/**
 * Lays out the code of functions as Lambda would unpack it. Inline text becomes `index.js`, as CloudFormation does for
 * Node.js: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-lambda-function-code.html.
 * The folder lies inside the project, so that `@aws-sdk/*`, which Lambda's runtime brings, resolves from the project.
 */
export class CodeStore {
  private readonly stored = new Map<string, Promise<string>>();

  constructor(private readonly workDirectory: string) {}

  /**
   * Returns the folder that holds the code.
   * @throws UnsupportedError when the asset is not a folder.
   */
  directoryOf(code: FunctionDefinition['code']): Promise<string> {
    const name = nameOf(code);
    const known = this.stored.get(name);
    if (known !== undefined) return known;
    const storing = this.store(code, resolve(this.workDirectory, name));
    this.stored.set(name, storing);
    return storing;
  }

  private async store(code: FunctionDefinition['code'], directory: string): Promise<string> {
    await mkdir(directory, { recursive: true });
    if ('inline' in code) {
      await writeFile(join(directory, 'index.js'), code.inline);
      return directory;
    }
    if (!existsSync(code.directory) || !(await stat(code.directory)).isDirectory()) {
      throw new UnsupportedError(
        `A function's code must be inline or the folder of an asset, but "${code.directory}" is no folder. ` +
          'Synthesize again, or bundle the function into a folder.',
      );
    }
    await cp(code.directory, directory, { recursive: true, force: true });
    return directory;
  }
}
