import { readFileSync } from 'node:fs';
import type { SandboxPolicyFile } from '../../sandbox/scenario/policy-file';
import { fileFailure } from '../file-failure';
import { withProgress } from '../progress';
import { sandboxEndpoint } from '../sandbox-endpoint';
import { UserError } from '../user-error';
import { userPath } from '../user-path';
import { type DeployAnswer, deployAnswerSchema, deployOperation, sandboxService } from './deploy-protocol';

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
  return withProgress(`Deploying ${file.name}`, process.stderr, () => ask(endpoint, file));
}

async function ask(endpoint: string, file: SandboxPolicyFile): Promise<DeployAnswer> {
  const scope = `${process.env.AWS_ACCESS_KEY_ID ?? ''}/20260101/us-east-1/${sandboxService}/aws4_request`;
  let answer: Response;
  try {
    answer = await fetch(endpoint, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `StaunchSandbox.${deployOperation}`,
      },
      body: JSON.stringify(file),
    });
  } catch {
    throw new UserError(
      `There is no sandbox at ${endpoint}. Run npm start -- --keep, and set AWS_ENDPOINT_URL as it says.`,
    );
  }
  const body: unknown = await answer.json().catch(() => undefined);
  const parsed = deployAnswerSchema.safeParse(body);
  if (answer.ok && parsed.success) return parsed.data;
  throw new UserError(`The sandbox at ${endpoint} refused: ${messageOf(body) ?? `HTTP ${answer.status}`}`);
}

function messageOf(body: unknown): string | undefined {
  return typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : undefined;
}
