import {
  DeleteResourcePolicyCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { asWrite } from '../kit/aws-error';
import type { ResourceAccess } from '../kit/live-resource';
import type { WritePurpose } from '../kit/policy/holder/calls';

/** One secret, and the client of the session that may read what decides who reaches it. */
export interface SecretReads extends Pick<ResourceAccess, 'signal'> {
  client: SecretsManagerClient;
  arn: string;
}

/** One secret, and the client of the session that may reach it. */
export interface SecretAccess extends SecretReads, Pick<ResourceAccess, 'mayWrite'> {}

/** When the secret was made, since when it is to be deleted, and its tags. */
export async function describeSecret({ client, arn: SecretId, signal: abortSignal }: SecretReads) {
  const {
    CreatedDate,
    DeletedDate,
    Tags = [],
  } = await client.send(new DescribeSecretCommand({ SecretId }), {
    abortSignal,
  });
  return { CreatedDate, DeletedDate, Tags };
}

/** The text of the secret's policy; undefined where it has none. */
export async function getPolicy({
  client,
  arn: SecretId,
  signal: abortSignal,
}: SecretReads): Promise<string | undefined> {
  const { ResourcePolicy } = await client.send(new GetResourcePolicyCommand({ SecretId }), { abortSignal });
  return ResourcePolicy || undefined;
}

/**
 * Replaces the policy as a whole. A fix has Secrets Manager refuse what it finds public itself; the check is one of this write, and is
 * kept nowhere, so that an undo, which opens the secret again, goes without it:
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
 * @param policy its text; undefined deletes it
 * @throws StoppedError; the service's own error, of which `mayHaveBeenMade` knows what it says of the write
 */
export async function writePolicy(
  access: SecretAccess,
  policy: string | undefined,
  purpose: WritePurpose,
): Promise<void> {
  const { client, arn: SecretId, signal: abortSignal } = access;
  await access.mayWrite();
  if (policy === undefined) {
    await asWrite(client.send(new DeleteResourcePolicyCommand({ SecretId }), { abortSignal }));
    return;
  }
  const put = new PutResourcePolicyCommand({
    SecretId,
    ResourcePolicy: policy,
    BlockPublicPolicy: purpose === 'fix',
  });
  await asWrite(client.send(put, { abortSignal }));
}
