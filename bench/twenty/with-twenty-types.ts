import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Assembly, readAssembly } from '../../infra/assembly';
import { growProject } from './grown-project';

/** It has every role deployed. */
const checkedPolicy = 'infra/check/organization.yaml';

/** How many resource types the members' templates and roles have to have room for. */
export const plannedTypes = 20;

/**
 * Synthesizes the app as it would be with twenty resource types, and at least as many controls of its own.
 * @param root the project's folder
 * @param directory where the copied project and its cloud assembly may lie
 */
export function withTwentyTypes(root: string, directory: string): Assembly {
  const project = growProject(root, directory, plannedTypes);
  const outdir = join(directory, 'twenty.out');
  execFileSync(process.execPath, ['--require', 'tsx/cjs', 'infra/app.ts'], {
    cwd: project,
    env: {
      ...process.env,
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify({ organization: checkedPolicy }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return readAssembly(outdir);
}
