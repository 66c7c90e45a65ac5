import type { ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import { ApiError } from '../../gateway/protocols/errors';
import { namesMissingPrincipal } from '../iam/missing-principals';
import { policyIsPublic } from '../s3/policy-is-public';
import type { Quirks } from '../service';
import { secretArn } from './secret-arn';
import { Secrets } from './secrets';

/** What Secrets Manager does and moto does not: public policies that are blocked, secrets to be deleted, and values under AWS's key. */
export const quirks: Quirks = { check };

/** Operations of which moto does not look whether the secret is marked for deletion. */
const ofLivingSecrets = /^(Get|Put|Delete)ResourcePolicy$/;

/** @throws ApiError as Secrets Manager would answer */
function check(call: ApiCall, learned: Learned): void {
  const { operation, parameters, principal, accountId } = call;
  const secrets = learned.of(Secrets);
  const arn = secretArn(call, learned);
  if (ofLivingSecrets.test(operation) && secrets.marked.has(arn)) {
    throw new ApiError(
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }
  if (operation === 'PutResourcePolicy') checkPolicy(parameters, learned);
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
  const isValue = operation === 'GetSecretValue' || operation === 'PutSecretValue';
  if (isValue && principal.accountId !== accountId && !secrets.keys.has(arn)) {
    throw new ApiError('AccessDeniedException', 'Access to KMS is not allowed');
  }
}

/**
 * What is broad access, AWS's Zelkova finds out as it does of buckets:
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
 */
function checkPolicy({ ResourcePolicy, BlockPublicPolicy }: ApiCall['parameters'], learned: Learned): void {
  const text = String(ResourcePolicy);
  if (namesMissingPrincipal(text, learned)) {
    throw new ApiError(
      'MalformedPolicyDocumentException',
      'This resource policy contains an unsupported principal.',
    );
  }
  if (BlockPublicPolicy === true && policyIsPublic(text)) {
    throw new ApiError(
      'PublicPolicyException',
      'The BlockPublicPolicy parameter is set to true, and the resource policy did not prevent broad access to the secret.',
    );
  }
}
