import { join } from 'node:path';
import { type AssemblySources, KeptAssemblies } from './kept-assemblies';
import { synthesize } from './synthesize';

/** Where a project keeps its assemblies. */
export function keptAssemblies(projectDirectory: string): KeptAssemblies {
  return new KeptAssemblies(join(projectDirectory, '.staunch', 'assemblies'));
}

/**
 * The cloud assembly of the CDK app for a policy: synthesized once, and used again while the sources are the same. What of it
 * depends on no policy is bundled once.
 * @param projectDirectory the project's root
 * @param signal ends the app, or the waiting for another process that runs it, when it is aborted
 * @returns the folder of the cloud assembly
 * @throws SynthesisError when the app fails
 */
export function keptAssembly(
  projectDirectory: string,
  sources: AssemblySources,
  signal?: AbortSignal,
): Promise<string> {
  const kept = keptAssemblies(projectDirectory);
  const { digest, policy, fileName, structure } = sources;
  const options = { signal, fileName, structure, bundles: kept.bundles(digest) };
  return kept.of(sources, (into) => synthesize(projectDirectory, into, policy, options), signal);
}
