import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whileLocked } from './lock-file';

/**
 * Names a folder of bundles in the environment of the app. Who sets it says that they were made of the same sources and packages.
 * Where it is not set, as in `cdk synth` and `cdk deploy`, everything is bundled.
 */
export const bundlesVariable = 'STAUNCH_BUNDLES';

/**
 * A bundle as it was made before, or as it is made now, and kept. It appears whole, by one renaming; a damaged one is made anew. Where
 * several processes want one that is not there yet, one of them makes it and the others wait for that.
 * @param build what it follows from beside the sources, as JSON
 * @param make bundles
 * @param folder need not be there yet; without one nothing is kept
 */
export function keptBundle(
  build: string,
  make: () => string,
  folder = process.env[bundlesVariable] || undefined,
): string {
  if (folder === undefined) return make();
  const file = join(folder, digestOf(build));
  const found = textIn(file);
  if (found !== undefined) return found;
  mkdirSync(folder, { recursive: true });
  return whileLocked(`${file}.lock`, () => textIn(file) ?? kept(file, make()));
}

/**
 * Makes the bundles that are not kept yet, together, and keeps them; nothing where no folder keeps any. While one process does that
 * the others wait for it.
 * @param builds what each follows from, as for `keptBundle`
 * @param make bundles those of them that it is given; the texts are in their order
 */
export function keepBundles(
  builds: readonly string[],
  make: (missing: readonly string[]) => readonly string[],
  folder = process.env[bundlesVariable] || undefined,
): void {
  if (folder === undefined) return;
  const fileOf = (build: string) => join(folder, digestOf(build));
  const isMissing = (build: string) => textIn(fileOf(build)) === undefined;
  if (!builds.some(isMissing)) return;
  mkdirSync(folder, { recursive: true });
  whileLocked(join(folder, 'together.lock'), () => {
    const missing = builds.filter(isMissing);
    if (missing.length === 0) return;
    for (const [index, text] of make(missing).entries()) kept(fileOf(missing[index] ?? ''), text);
  });
}

/** Puts a bundle into its file. */
function kept(file: string, text: string): string {
  const fresh = `${file}-${randomUUID()}`;
  writeFileSync(fresh, `${digestOf(text)}\n${text}`);
  renameSync(fresh, file);
  return text;
}

/** The file's text after its digest; undefined where the file is missing or damaged. */
function textIn(file: string): string | undefined {
  try {
    const content = readFileSync(file, 'utf8');
    const end = content.indexOf('\n');
    const text = content.slice(end + 1);
    return content.slice(0, end) === digestOf(text) ? text : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
