import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadOrganization } from '../../config/organization';
import { loadStructure, structureFileOf } from '../../config/structure-file';
import { controls } from '../../controls/registry';
import { keptAssemblies } from '../../sandbox/kept-assembly';
import { synthesize } from '../../sandbox/synthesize';
import { projectDirectory } from './run-directory';
import { synthesizeHere } from './synthesize-here';

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
 * change it. It is made in this process, as `synthesize` makes it in one of its own: to load the CDK takes twice as long as to make
 * an assembly, and the tests need a dozen of them.
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
  const sources = { digest: sourcesDigest(), policy, fileName, structure };
  return keptAssemblies(projectDirectory).of(sources, async (into) => {
    const file = join(into, fileName);
    const directory = join(into, 'cdk.out');
    mkdirSync(directory, { recursive: true });
    writeFileSync(file, policy);
    if (structure !== undefined) writeFileSync(structureFileOf(file), structure);
    const props = { organization: loadOrganization(file), controls, structure: loadStructure(file) };
    synthesizeHere(props, directory, keptBundles());
    return directory;
  });
}

/** The same, made by the app's entry in a process of its own, as `npm start` makes it. */
export function assembleApart(policy: string): Promise<string> {
  const sources = { digest: `${sourcesDigest()} apart`, policy, fileName: 'organization.yaml' };
  return keptAssemblies(projectDirectory).of(sources, (into) =>
    synthesize(projectDirectory, into, policy, { bundles: keptBundles() }),
  );
}

/** The folder of the bundles that those assemblies are made of. */
export function keptBundles(): string {
  return keptAssemblies(projectDirectory).bundles(sourcesDigest());
}
