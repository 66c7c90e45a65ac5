import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { controlSkeleton } from './control';
import { knownTypes } from './known-types';
import { RegistryError, withLine } from './registry-line';
import { resourceSkeleton } from './resource';
import type { Skeleton } from './skeleton';

const usage = `Writes the skeleton of something new, and its lines in the registries:

  npm run new -- resource AWS::Example::Lamp lamp
  npm run new -- control lamp-left-on AWS::Example::Lamp

"npm run check" and "npm test -- test/resources" then name every part that is missing; CONTRIBUTING.md says what each is.`;

/**
 * Writes a skeleton into a checkout.
 * @param root the project's folder
 * @returns the exit status
 */
export function main(args: readonly string[], root: string): number {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    return 0;
  }
  const skeleton = skeletonOf(args, root);
  if (typeof skeleton === 'string') {
    console.error(`${skeleton}\n\n${usage}`);
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
    console.log(
      '\nNow run "npm run check" and "npm test -- test/resources": they name every part that is missing.',
    );
    return 0;
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    console.error(error.message);
    return 1;
  }
}

/** @returns what to write, or a sentence that says what is wrong with the arguments */
function skeletonOf(
  [kind, first = '', second = '', ...more]: readonly string[],
  root: string,
): Skeleton | string {
  const isSlug = (text: string) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text);
  const isType = (text: string) => /^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(text);
  if (kind !== 'resource' && kind !== 'control') return 'Say what is new: "resource" or "control".';
  if (more.length > 0) return `There is a word too many: ${more[0]}.`;
  if (kind === 'resource') {
    if (!isType(first)) return `"${first}" is no resource type; one is called like AWS::Example::Lamp.`;
    if (!isSlug(second)) return `"${second}" is no name of a folder; one is like security-group.`;
    return resourceSkeleton(first, second);
  }
  if (!isSlug(first)) return `"${first}" is no control's id; one is like lamp-left-on.`;
  const types = knownTypes(root);
  const type = types.find((known) => known.type === second);
  if (type !== undefined) return controlSkeleton(first, type);
  const possible = types.map((known) => known.type).join(', ');
  return `The control's resource type is one of ${possible}; another one needs "npm run new -- resource" first.`;
}
