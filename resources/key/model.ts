import { ResourceInputError } from '../../core/errors';
import { readConfigurationItem } from '../kit/configuration-item';
import { either, type Fields, fieldsOf, optionalFieldsOf } from '../kit/input';
import {
  type HolderAnswers,
  type HolderFields,
  holderFromApi,
  holderOf,
  isAbsentPolicy,
  type PolicyHolder,
} from '../kit/policy/holder/model';
import type { ConfigurationItems } from '../kit/resource-type';

/** A KMS key, as far as it decides who can use it. Its id is the key's. A key that AWS manages has no policy here: nobody may change it. */
export type Key = PolicyHolder;

const withoutPolicy =
  "Policy should be the policy of the key, and is missing: KMS keeps no key without one; hand over what aws kms get-key-policy prints beside describe-key's answer.";

const answers: HolderAnswers = {
  subject: 'The key',
  answerKey: 'KeyMetadata',
  fromAnswer({ KeyMetadata, Policy }) {
    const { KeyId, Arn, AWSAccountId, CreationDate, KeyManager } = fieldsOf(KeyMetadata, 'KeyMetadata');
    if (isAbsentPolicy(Policy) && KeyManager !== awsManager) throw new ResourceInputError(withoutPolicy);
    return withoutAwsPolicy(KeyManager, {
      id: KeyId,
      arn: Arn,
      accountId: AWSAccountId,
      createdAt: CreationDate,
      policy: Policy,
    });
  },
  mustHavePolicy: withoutPolicy,
};

/**
 * Fills the model from what KMS answers about a key: GetKeyPolicy's answer, and beside its `Policy` what DescribeKey answers, under
 * `KeyMetadata`. Or from the form that all policies have.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html
 * @throws ResourceInputError when it cannot be understood.
 */
export function keyFromApi(answer: unknown): Key {
  return holderFromApi(answer, answers);
}

/** @throws ResourceInputError when the item cannot be understood. */
function keyFromConfigurationItem(item: unknown): Key {
  const fields = readConfigurationItem(item, 'AWS::KMS::Key');
  const { arn, awsaccountId, keyManager } = fieldsOf(
    either(fields.Configuration, fields.configuration),
    'configuration',
  );
  const policy = policyIn(fields);
  const holder = holderOf(
    withoutAwsPolicy(keyManager, {
      id: either(fields.ResourceId, fields.resourceId),
      arn,
      accountId: awsaccountId,
      policy,
    }),
  );
  return policy === undefined && keyManager !== awsManager ? { ...holder, unrecorded: true } : holder;
}

/**
 * Keys as AWS Config records them. Its managed rule judges the policies of keys by their items, and AWS documents no form for them there;
 * where an item holds none, nothing is decided by it.
 * https://docs.aws.amazon.com/config/latest/developerguide/kms-key-policy-no-public-access.html
 * https://github.com/awslabs/aws-config-resource-schema/blob/master/config/properties/resource-types/AWS::KMS::Key.properties.json
 */
export const keyItems: ConfigurationItems<Key> = {
  fromConfigurationItem: keyFromConfigurationItem,
  relevantChanges: ['SupplementaryConfiguration.Policy', 'Configuration.KeyManager'],
};

/** The manager of a key that AWS manages: https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html */
export const awsManager = 'AWS';

function withoutAwsPolicy(manager: unknown, fields: HolderFields): HolderFields {
  return manager === awsManager ? { ...fields, policy: undefined } : fields;
}

function policyIn(item: Fields): unknown {
  const supplement = optionalFieldsOf(
    either(item.SupplementaryConfiguration, item.supplementaryConfiguration),
    'supplementaryConfiguration',
  );
  return supplement?.Policy || undefined;
}
