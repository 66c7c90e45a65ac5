import type { Json } from '../../core/json';
import { errorCodeOf } from '../kit/aws-error';
import type { Reading } from '../kit/live-resource';
import { saidByTags } from '../kit/tags';
import { describeKey, getPolicy, getTags, type KeyReads } from './calls';
import { keyKind } from './kind';
import { type Key, keyFromApi } from './model';

/**
 * Reads everything that decides who can use a key, and until when its tag says that it is exempt. A key that is disabled, or is to be
 * deleted, is judged like every other: it is used again without its policy being set.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 * @returns `gone` when there is no such key
 * @throws RefusedError where the key's policy does not let the account's own roles read it
 */
export async function readKey(access: KeyReads): Promise<Reading<Key> | 'gone'> {
  try {
    const [KeyMetadata, Policy, tags] = await Promise.all([
      describeKey(access),
      getPolicy(access),
      getTags(access),
    ]);
    // What the SDK answers here is JSON but for a date and undefined values.
    const before = JSON.parse(JSON.stringify({ KeyMetadata, Policy })) as Json;
    return { resource: keyFromApi(before), before, ...saidByTags(tags) };
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  }
}

/**
 * Reads what decides who can use one of many keys. AWS's own are judged like all others: what AWS lets in, conditions limit.
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
 * @param place the account that owns it, and its ARN
 * @returns `gone` when there is no such key
 * @throws ResourceInputError when it cannot be understood; RefusedError where it is out of reach; KMS's own error when the call was
 *   refused otherwise
 */
export async function readKeyAmongMany(
  access: KeyReads,
  place: { accountId: string; arn: string },
): Promise<Key | 'gone'> {
  try {
    const KeyMetadata = { KeyId: access.id, Arn: place.arn, AWSAccountId: place.accountId };
    return keyFromApi({ KeyMetadata, Policy: await getPolicy(access) });
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return keyKind.gone.includes(errorCodeOf(error) ?? '');
}
