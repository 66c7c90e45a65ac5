import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { structureFileOf } from '../config/structure-file';
import { bundlesVariable } from '../infra/kept-bundles';

/** Thrown when the CDK app does not synthesize; holds what it printed. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}

/** How the app is synthesized. */
export interface SynthesisOptions {
  /** Ends the app when it is aborted. */
  signal?: AbortSignal | undefined;
  /** Of the policy, as decisions name it; default: `organization.yaml`. */
  fileName?: string;
  /** Text of the structure file that lies beside the policy; default: there is none. */
  structure?: string | undefined;
  /** A folder of bundles that were made of the same sources, which are used again; default: every function is bundled. */
  bundles?: string;
}

/**
 * Synthesizes the CDK app, as `cdk synth` does, for a policy. The app is run with the variables that the CDK command line
 * sets for it: https://docs.aws.amazon.com/cdk/v2/guide/cli.html
 * The CDK does not check the templates by its own rules, which takes as long as all the rest: `npm run check` and `cdk deploy` do.
 * @param projectDirectory the project's root
 * @param directory where the policy and the cloud assembly (`cdk.out`) are written
 * @param policy text of the policy
 * @returns the folder of the cloud assembly
 * @throws SynthesisError when the app fails
 */
export async function synthesize(
  projectDirectory: string,
  directory: string,
  policy: string,
  { signal, fileName = 'organization.yaml', structure, bundles }: SynthesisOptions = {},
): Promise<string> {
  const policyFile = join(directory, fileName);
  const assembly = join(directory, 'cdk.out');
  await mkdir(directory, { recursive: true });
  await writeFile(policyFile, policy);
  if (structure !== undefined) await writeFile(structureFileOf(policyFile), structure);
  await runApp(projectDirectory, signal, {
    CDK_OUTDIR: assembly,
    CDK_VALIDATION: 'false',
    ...(bundles !== undefined && { [bundlesVariable]: bundles }),
    CDK_CONTEXT_JSON: JSON.stringify({ organization: policyFile, 'aws:cdk:version-reporting': false }),
  });
  return assembly;
}

function runApp(
  projectDirectory: string,
  signal: AbortSignal | undefined,
  variables: Record<string, string>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', join('infra', 'app.ts')], {
      cwd: projectDirectory,
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal === undefined ? {} : { signal }),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new SynthesisError(`The CDK app failed:\n${output.trim()}`));
    });
  });
}
