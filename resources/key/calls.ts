import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  type KMSClient,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import { RefusedError } from '../../core/errors';
import { asWrite } from '../kit/aws-error';
import type { ResourceAccess } from '../kit/live-resource';
import { withinReach } from './out-of-reach';

/** One key, and the client of the session that may read what decides who uses it. */
export interface KeyReads extends Pick<ResourceAccess, 'signal'> {
  client: KMSClient;
  id: string;
}

/** One key, and the client of the session that may change its policy. */
export interface KeyAccess extends KeyReads, Pick<ResourceAccess, 'mayWrite'> {}

/** Which key it is, when it was made, and whether AWS manages it. */
export async function describeKey({ client, id, signal: abortSignal }: KeyReads) {
  const { KeyMetadata } = await withinReach(
    client.send(new DescribeKeyCommand({ KeyId: id }), { abortSignal }),
  );
  const { KeyId, Arn, AWSAccountId, CreationDate, KeyManager } = KeyMetadata ?? {};
  return { KeyId, Arn, AWSAccountId, CreationDate, KeyManager };
}

/** The text of the key's policy; undefined where KMS answers none, which no key is without. */
export async function getPolicy({ client, id, signal: abortSignal }: KeyReads): Promise<string | undefined> {
  const { Policy } = await withinReach(
    client.send(new GetKeyPolicyCommand({ KeyId: id, PolicyName: 'default' }), { abortSignal }),
  );
  return Policy;
}

/** The key's tags: at most fifty, which one answer holds. */
export async function getTags({ client, id, signal: abortSignal }: KeyReads) {
  const { Tags = [] } = await withinReach(
    client.send(new ListResourceTagsCommand({ KeyId: id }), { abortSignal }),
  );
  return Tags.map(({ TagKey: Key, TagValue: Value }) => ({ Key, Value }));
}

/**
 * Replaces the policy as a whole. KMS checks that whoever sets it could set another one afterwards; Staunch never bypasses that:
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 * @throws StoppedError; RefusedError where the key is out of reach, or would be left without a policy; KMS's own error, of which
 *   `mayHaveBeenMade` knows what it says of the write
 */
export async function putPolicy(access: KeyAccess, policy: string | undefined): Promise<void> {
  if (policy === undefined) throw new RefusedError('KMS keeps no key without a policy.');
  const { client, id: KeyId, signal: abortSignal } = access;
  const put = new PutKeyPolicyCommand({
    KeyId,
    PolicyName: 'default',
    Policy: policy,
    BypassPolicyLockoutSafetyCheck: false,
  });
  await access.mayWrite();
  await withinReach(asWrite(client.send(put, { abortSignal })));
}
