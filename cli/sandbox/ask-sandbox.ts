import type { SandboxPolicyFile } from '../../sandbox/scenario/policy-file';
import { UserError } from '../user-error';
import {
  type DeployAnswer,
  deployAnswerSchema,
  type SandboxOperation,
  sandboxService,
} from './deploy-protocol';

/** What a sandbox answered. */
export interface SandboxReply {
  status: number;
  /** Absent where it refused, or is none that knows the service. */
  answer?: DeployAnswer;
  /** Why it refused, where it says so. */
  message?: string;
}

/**
 * Asks a kept sandbox to do something with a policy, as the administrator of the account of the credentials in the environment.
 * @throws UserError when nothing is there
 */
export async function askSandbox(
  endpoint: string,
  operation: SandboxOperation,
  file: SandboxPolicyFile,
): Promise<SandboxReply> {
  const scope = `${await administrator(endpoint)}/20260101/us-east-1/${sandboxService}/aws4_request`;
  let response: Response;
  try {
    response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `StaunchSandbox.${operation}`,
      },
      body: JSON.stringify(file),
    });
  } catch {
    throw new UserError(
      `There is no sandbox at ${endpoint}. Run npm start -- --keep, and set AWS_ENDPOINT_URL as it says.`,
    );
  }
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = deployAnswerSchema.safeParse(body);
  const { status } = response;
  if (response.ok && parsed.success) return { status, answer: parsed.data };
  const message = messageOf(body);
  return { status, ...(message !== undefined && { message }) };
}

/** The access key of an account's administrator is the account's id; a session's account is asked for. */
async function administrator(endpoint: string): Promise<string> {
  const { AWS_ACCESS_KEY_ID: key = '', AWS_SESSION_TOKEN: token } = process.env;
  if (!token) return key;
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const sts = new STSClient({ endpoint, region: 'us-east-1', maxAttempts: 1 });
  try {
    return (await sts.send(new GetCallerIdentityCommand({}))).Account ?? key;
  } catch (error) {
    throw new UserError(`The sandbox at ${endpoint} does not know these credentials: ${String(error)}`);
  } finally {
    sts.destroy();
  }
}

function messageOf(body: unknown): string | undefined {
  return typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : undefined;
}
