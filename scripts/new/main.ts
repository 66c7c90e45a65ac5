import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { controlSkeleton } from './control';
import { RegistryError, withLine } from './registry-line';
import { resourceSkeleton } from './resource';
import type { Skeleton } from './skeleton';

const usage = `Writes the skeleton of something new, and its lines in the registries:

  npm run new -- resource AWS::Example::Lamp lamp
  npm run new -- control lamp-left-on AWS::Example::Lamp

"npm run check" then names every part that is missing; CONTRIBUTING.md says what each is.`;

/**
 * Writes a skeleton into a checkout.
 * @param root the project's folder
 * @returns the exit status
 */
export function main(args: readonly string[], root: string): number {
  const skeleton = skeletonOf(args);
  if (skeleton === undefined) {
    console.error(usage);
    return 2;
  }
  const existing = Object.keys(skeleton.files).find((file) => existsSync(join(root, file)));
  if (existing !== undefined) {
    console.error(`${existing} exists already; nothing was written.`);
    return 1;
  }
  try {
    const changed = skeleton.lines.map(
      (line) => [line.file, withLine(readFileSync(join(root, line.file), 'utf8'), line)] as const,
    );
    const texts = [...Object.entries(skeleton.files), ...changed];
    for (const [file, text] of texts) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
      console.log(file);
    }
    const biome = join(root, 'node_modules', '.bin', 'biome');
    const files = texts.map(([file]) => file);
    // What is missing cannot be mended by a formatter; the next check says it.
    spawnSync(biome, ['check', '--write', ...files], { cwd: root });
    console.log('\nNow run "npm run check": it names every part that is missing.');
    return 0;
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    console.error(error.message);
    return 1;
  }
}

function skeletonOf([kind, first = '', second = '', ...more]: readonly string[]): Skeleton | undefined {
  const isSlug = (text: string) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text);
  const isType = (text: string) => /^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(text);
  if (more.length > 0) return undefined;
  if (kind === 'resource' && isType(first) && isSlug(second)) return resourceSkeleton(first, second);
  if (kind === 'control' && isSlug(first) && isType(second)) return controlSkeleton(first, second);
  return undefined;
}
