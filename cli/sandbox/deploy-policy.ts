import { readFileSync } from 'node:fs';
import type { SandboxPolicyFile } from '../../sandbox/scenario/policy-file';
import { fileFailure } from '../file-failure';
import { withProgress } from '../progress';
import { sandboxEndpoint } from '../sandbox-endpoint';
import { UserError } from '../user-error';
import { userPath } from '../user-path';
import { askSandbox } from './ask-sandbox';
import type { DeployAnswer } from './deploy-protocol';

/**
 * Reads a policy file for a sandbox.
 * @param given as the person at the keyboard named it
 * @throws UserError when it cannot be read
 */
export function readPolicyFile(given: string): SandboxPolicyFile {
  try {
    return {
      name: given,
      text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(userPath(given))),
    };
  } catch (error) {
    throw new UserError(`${given} cannot be read: ${fileFailure(error)}.`);
  }
}

/**
 * Has a kept sandbox deploy a policy, and waits until it has.
 * @throws UserError when there is no sandbox at AWS_ENDPOINT_URL, or it could not be asked
 */
export async function deployPolicy(file: SandboxPolicyFile): Promise<DeployAnswer> {
  const endpoint = sandboxEndpoint();
  if (endpoint === undefined) {
    throw new UserError(
      'Which sandbox? Run npm start -- --keep in another terminal, and set AWS_ENDPOINT_URL and AWS_ACCESS_KEY_ID as it says.',
    );
  }
  return withProgress(`Deploying ${file.name}`, process.stderr, async () => {
    const { status, answer, message } = await askSandbox(endpoint, 'DeployPolicy', file);
    if (answer !== undefined) return answer;
    throw new UserError(`The sandbox at ${endpoint} refused: ${message ?? `HTTP ${status}`}`);
  });
}
