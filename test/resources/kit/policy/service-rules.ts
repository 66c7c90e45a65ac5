import { limitingKeys, sourceKeys } from '../../../../resources/kit/policy/condition-keys';
import type { DocumentRules, ServiceRules } from '../../../../resources/kit/policy/document-rules';
import { fixedAccount } from '../../../../resources/kit/policy/fixed-values';

/** A service without condition keys of its own. */
export const plainService: ServiceRules = { service: 'SQS', prefix: 'sqs', keys: limitingKeys, sourceKeys };

/** KMS, as far as tests of the model need it: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
export const keyService: ServiceRules = {
  service: 'KMS',
  prefix: 'kms',
  keys: new Map([...limitingKeys, ['kms:calleraccount', fixedAccount]]),
  sourceKeys,
  mustHavePolicy: true,
};

/** The account of the resource whose policy is judged. */
export const own = '222222222222';

/** The rules of one resource, with parts of them replaced. */
export function rulesWith(more: Partial<DocumentRules> = {}): DocumentRules {
  return { ...plainService, accountId: own, trustedAccounts: [], trustedOrganizations: [], ...more };
}
