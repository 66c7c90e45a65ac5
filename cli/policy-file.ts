import { join } from 'node:path';
import { userPath } from './user-path';

/** The policy that commands take when no other is named, as people know it. */
export const defaultPolicyFile = 'config/organization.yaml';

const projectDirectory = join(__dirname, '..');

/**
 * Where a policy file lies, and what it is called in messages.
 * @param given as the person at the keyboard named it; the project's own where left out
 */
export function policyFile(given?: string): [path: string, name: string] {
  return given === undefined
    ? [join(projectDirectory, defaultPolicyFile), defaultPolicyFile]
    : [userPath(given), given];
}
