import type { ApiCall } from '../../gateway/api';
import { orArn } from '../../gateway/arn';
import { type Learned, nameKey } from '../../gateway/learned';

/**
 * The ARN of the key that a call means by an id, an alias, or an ARN of either.
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 */
export function keyArn(
  { accountId, region }: Pick<ApiCall, 'accountId' | 'region'>,
  learned: Learned,
  keyId: unknown,
): string {
  const alias = /^(?:arn:aws:kms:[^:]*:\d{12}:)?(alias\/.+)$/.exec(String(keyId))?.[1];
  if (alias !== undefined) {
    const known = learned.namedArns.get(nameKey('kms', accountId, region, alias));
    return known ?? orArn(keyId, `arn:aws:kms:${region}:${accountId}:${alias}`);
  }
  return orArn(keyId, `arn:aws:kms:${region}:${accountId}:key/${keyId}`);
}
