import { accountOfArn } from '../../gateway/arn';
import { parseJsonBody } from '../../gateway/protocols/json';
import { lowerFirst } from '../cloudtrail/written';
import type { Trail } from '../service';

/** Calls that use a key and change nothing: CloudTrail writes `readOnly` of them. */
const using = /^(Decrypt|Encrypt|GenerateDataKey|GenerateMac|GenerateRandom|ReEncrypt|Sign|Verify)/;

/**
 * Keys, by what the call names them by.
 * https://docs.aws.amazon.com/kms/latest/developerguide/ct-put-key-policy.html
 */
export const trail: Trail = {
  namesOf: ({ parameters: { KeyId, TargetKeyId } }) => [KeyId ?? TargetKeyId],
  isData: ({ operation }) => using.test(operation),
  requestParameters({ operation, parameters }) {
    const written = Object.entries(parameters).map(([name, value]) => [lowerFirst(name), value]);
    return {
      // The record says so also where the call left it out.
      ...(operation === 'PutKeyPolicy' && { policyName: 'default', bypassPolicyLockoutSafetyCheck: false }),
      ...Object.fromEntries(written),
    };
  },
  /** https://docs.aws.amazon.com/kms/latest/developerguide/ct-createkey.html */
  responseElements({ operation }, { body }) {
    if (operation !== 'CreateKey') return null;
    const { KeyMetadata } = parseJsonBody(Buffer.from(body)) as {
      KeyMetadata: { KeyId: string; Arn: string };
    };
    return { keyMetadata: { keyId: KeyMetadata.KeyId, arn: KeyMetadata.Arn } };
  },
  resources({ parameters: { KeyId }, accountId, region }) {
    if (typeof KeyId !== 'string' || KeyId.includes('alias/')) return [];
    const ARN = accountOfArn(KeyId) ? KeyId : `arn:aws:kms:${region}:${accountId}:key/${KeyId}`;
    return [{ accountId, type: 'AWS::KMS::Key', ARN }];
  },
};
