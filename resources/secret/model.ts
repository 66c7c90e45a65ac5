import { ResourceInputError } from '../../core/errors';
import { notRecorded } from '../kit/not-recorded';
import {
  type HolderAnswers,
  holderFromApi,
  isAbsentPolicy,
  type PolicyHolder,
} from '../kit/policy/holder/model';
import type { ConfigurationItems } from '../kit/resource-type';

/** A secret, as far as it decides who can reach it. Its id is its ARN. */
export type Secret = PolicyHolder;

const answers: HolderAnswers = {
  subject: 'The secret',
  answerKey: 'ARN',
  fromAnswer(fields) {
    const { ARN, ResourcePolicy, CreatedDate } = fields;
    // An answer that says more of the secret is another one, of which nothing is known of the policy.
    if (isAbsentPolicy(ResourcePolicy) && described.some((name) => Object.hasOwn(fields, name))) {
      throw new ResourceInputError(
        'ResourcePolicy is missing in an answer about the secret itself: hand over what aws secretsmanager get-resource-policy prints.',
      );
    }
    return { id: ARN, policy: ResourcePolicy, createdAt: CreatedDate };
  },
  placeOf: (id) => {
    const accountId = /^arn:[^:]+:secretsmanager:[^:]+:(\d{12}):secret:/.exec(id)?.[1];
    return accountId === undefined ? {} : { accountId, arn: id };
  },
};

/**
 * What a description and a list say of secrets, and of each at least one:
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html
 */
const described = ['LastChangedDate', 'VersionIdsToStages', 'SecretVersionsToStages'];

/**
 * Fills the model from what Secrets Manager answers about a secret: GetResourcePolicy's answer, in which `ResourcePolicy` is absent where
 * there is none, with `CreatedDate` (DescribeSecret), which may be left out. Or from the form that all policies have.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html
 * @throws ResourceInputError when it cannot be understood.
 */
export function secretFromApi(answer: unknown): Secret {
  return holderFromApi(answer, answers);
}

/** AWS Config's items of secrets do not hold their policies. */
export const secretItems: ConfigurationItems<Secret> = notRecorded(
  'the policy of AWS::SecretsManager::Secret',
);
