import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Organization } from '../../config/organization';
import { loadStructure, StructureFileError } from '../../config/structure-file';
import { UnresolvedPolicyError } from '../../config/unresolved';
import { controls } from '../../controls/registry';
import { type Assembly, readAssembly } from '../../infra/assembly';
import { InlineCodeError } from '../../infra/members/inline-rule-code';
import { StructureNeededError } from '../../infra/stack-sets/set-targets';
import { synthesize, synthesizeAccount } from '../../infra/synthesize';
import { withProgress } from '../progress';
import { UserError } from '../user-error';

/** What somebody can correct who gets the message alone. */
const usersMistakes = [
  InlineCodeError,
  StructureFileError,
  StructureNeededError,
  UnresolvedPolicyError,
] as const;

/**
 * Synthesizes what a policy deploys into a folder of its own, does something with it, and removes the folder.
 * @param policyFile beside which the organization's structure lies
 * @throws UserError when the policy cannot be synthesized
 */
export async function withAssembly<Answer>(
  policyFile: string,
  organization: Organization,
  work: (assembly: Assembly, directory: string) => Promise<Answer>,
): Promise<Answer> {
  return inFolder(async (directory) =>
    work(
      await assembledIn(directory, () =>
        synthesize({ organization, controls, structure: loadStructure(policyFile) }, directory),
      ),
      directory,
    ),
  );
}

/**
 * Synthesizes one account's own stacks into a folder of its own, does something with it, and removes the folder.
 * @param policyFile beside which the organization's structure lies
 * @throws UserError when they cannot be synthesized: the account is not watched, for one
 */
export async function withAccountAssembly<Answer>(
  policyFile: string,
  { organization, account }: { organization: Organization; account: string },
  work: (assembly: Assembly, directory: string) => Promise<Answer>,
): Promise<Answer> {
  return inFolder(async (directory) =>
    work(
      await assembledIn(directory, () =>
        synthesizeAccount(
          { organization, controls, structure: loadStructure(policyFile), account },
          directory,
        ),
      ),
      directory,
    ),
  );
}

async function inFolder<Answer>(work: (directory: string) => Promise<Answer>): Promise<Answer> {
  const directory = mkdtempSync(join(tmpdir(), 'staunch-deploy-'));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function assembledIn(directory: string, synthesizing: () => unknown): Promise<Assembly> {
  try {
    await withProgress('Synthesizing what the policy deploys', process.stderr, async () => synthesizing());
  } catch (error) {
    if (error instanceof Error && usersMistakes.some((mistake) => error instanceof mistake))
      throw new UserError(error.message);
    throw error;
  }
  return readAssembly(directory);
}
