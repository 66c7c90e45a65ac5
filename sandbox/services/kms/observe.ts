import { nameKey } from '../../gateway/learned';
import { parseJsonBody } from '../../gateway/protocols/json';
import type { Observe } from '../service';
import { keyArn } from './key-arn';

/** Learns the policies of keys, and the keys that aliases stand for. */
export const observe: Observe = (call, answer, { learned }) => {
  const { operation, parameters, region, accountId } = call;
  const p = parameters as Record<string, string | undefined>;
  if (operation === 'CreateKey') {
    const { KeyMetadata: key } = parseJsonBody(Buffer.from(answer.body)) as {
      KeyMetadata?: { Arn?: string };
    };
    if (key?.Arn) learned.setResourcePolicy(key.Arn, p.Policy ?? defaultKeyPolicy(accountId));
  }
  if (operation === 'PutKeyPolicy') learned.setResourcePolicy(keyArn(call, learned, p.KeyId), p.Policy);
  if (operation === 'CreateAlias' && p.AliasName && p.TargetKeyId) {
    learned.namedArns.set(
      nameKey('kms', accountId, region, p.AliasName),
      keyArn(call, learned, p.TargetKeyId),
    );
  }
};

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultKeyPolicy(accountId: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  });
}
