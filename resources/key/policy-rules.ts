import { limitingKeys, sourceKeys } from '../kit/policy/condition-keys';
import type { ServiceRules } from '../kit/policy/document-rules';
import { fixedAccount, fixedArn } from '../kit/policy/fixed-values';
import { lockOut } from './lock-out';

/**
 * How a key's policy is judged. `kms:CallerAccount` says whose identities may ask; `kms:ViaService` says through which service, which
 * every stranger can use, so that it limits nobody by itself:
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 * CloudWatch Logs says for which log group it acts in the encryption context:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export const keyPolicyRules: ServiceRules = {
  service: 'KMS',
  prefix: 'kms',
  keys: new Map([...limitingKeys, ['kms:calleraccount', fixedAccount]]),
  sourceKeys: new Map([...sourceKeys, ['kms:encryptioncontext:aws:logs:arn', fixedArn]]),
  mustHavePolicy: true,
  refuses: lockOut,
};
