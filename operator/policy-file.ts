import { type Organization, parseOrganization, readPolicyText } from '../config/organization';
import { PolicyError } from '../config/policy-error';
import { OperatorError } from './errors';
import type { PolicyHub } from './hub/deployed-policy';

/** A valid policy, and what its file is called in messages. */
export interface PolicyFile {
  name: string;
  organization: Organization;
}

/** By which policy something is told: that of a file, or the deployed one, with where its hub should be, as far as that is known. */
export type PolicyChoice = { file: PolicyFile } | { deployedAt: PolicyHub | undefined };

/**
 * The text of a policy file.
 * @param name what it is called in messages
 * @throws OperatorError when it cannot be read
 */
export function readPolicy(path: string, name: string): string {
  return told(() => readPolicyText(path, name));
}

/**
 * What the text of a policy file says.
 * @param name what the file is called in messages
 * @throws OperatorError that lists everything that is wrong with it
 */
export function parsePolicy(text: string, name: string): PolicyFile {
  return { name, organization: told(() => parseOrganization(text, name)) };
}

/**
 * Reads a policy file.
 * @param name what it is called in messages
 * @throws OperatorError that lists everything that is wrong with it
 */
export function loadPolicy(path: string, name: string): PolicyFile {
  return parsePolicy(readPolicy(path, name), name);
}

function told<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof PolicyError) throw new OperatorError(error.message);
    throw error;
  }
}

/** What the deployed policy is called in messages. */
export const deployedName = 'the policy that is deployed';
