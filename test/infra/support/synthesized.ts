import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { parseOrganization } from '../../../config/organization';
import type { SavedStructure } from '../../../config/saved-structure';
import { controls } from '../../../controls/registry';
import { type Assembly, readAssembly } from '../../../infra/assembly';
import { synthesizeHere } from '../../support/synthesize-here';

/** An app that was synthesized in this process, in a folder of its own. */
export interface Synthesized {
  app: App;
  assembly: Assembly;
  remove(): void;
}

/**
 * Synthesizes the real app for a policy, given as text, in this process: for what looks at its constructs. See `synthesizeHere`.
 * @param bundles a folder of kept bundles; without one every function is bundled anew
 * @param structure what the structure file beside it says, where there is one
 */
export function synthesizeFor(policy: string, bundles?: string, structure?: SavedStructure): Synthesized {
  const own = mkdtempSync(join(tmpdir(), 'staunch-infra-test-'));
  const directory = join(own, 'cdk.out');
  const organization = parseOrganization(policy, 'organization.yaml');
  const app = synthesizeHere(
    { organization, controls, structure },
    directory,
    bundles ?? join(own, 'bundles'),
  );
  return {
    app,
    assembly: readAssembly(directory),
    remove: () => rmSync(own, { recursive: true, force: true }),
  };
}
