import { keptAssemblies, keptAssembly } from '../../sandbox/kept-assembly';
import { projectDirectory } from './run-directory';

/** What the scripts, which are plain JavaScript, are used for here. */
const { sourcesOf, digestOf } = require('../../scripts/compiled/sources') as {
  sourcesOf(root: string, folders: readonly string[]): object[];
  digestOf(root: string, sources: readonly object[]): string;
};
const { rooms } = require('../../scripts/rooms') as { rooms: readonly string[] };

let known: string | undefined;

/** Of the sources, as they were when the test file asked first. */
function sourcesDigest(): string {
  known ??= digestOf(projectDirectory, sourcesOf(projectDirectory, rooms));
  return known;
}

/**
 * The cloud assembly of the CDK app for a policy. All test files and all runs share it while the sources are the same: nobody may
 * change it.
 * @param fileName of the policy, as decisions name it
 * @param structure text of the structure file beside it, where there is one
 * @returns its folder
 */
export function assembleOnce(
  policy: string,
  _directory = '',
  fileName = 'organization.yaml',
  structure?: string,
): Promise<string> {
  return keptAssembly(projectDirectory, { digest: sourcesDigest(), policy, fileName, structure });
}

/** The folder of the bundles that those assemblies are made of. */
export function keptBundles(): string {
  return keptAssemblies(projectDirectory).bundles(sourcesDigest());
}
