import { join } from 'node:path';
import { loadOrganization, type Organization } from '../config/organization';
import { PolicyError } from '../config/policy-error';
import { UserError } from './user-error';
import { userPath } from './user-path';

/** The policy that commands take when no other is named, as people know it. */
export const defaultPolicyFile = 'config/organization.yaml';

const projectDirectory = join(__dirname, '..');

/** A valid policy, and what its file is called in messages. */
export interface PolicyFile {
  name: string;
  organization: Organization;
}

/**
 * Reads a policy file.
 * @param given as the person at the keyboard named it; the project's own where left out
 * @throws UserError that lists everything that is wrong with it
 */
export function loadPolicyFile(given?: string): PolicyFile {
  const path = given === undefined ? join(projectDirectory, defaultPolicyFile) : userPath(given);
  const name = given ?? defaultPolicyFile;
  try {
    return { name, organization: loadOrganization(path, name) };
  } catch (error) {
    if (error instanceof PolicyError) throw new UserError(error.message);
    throw error;
  }
}
