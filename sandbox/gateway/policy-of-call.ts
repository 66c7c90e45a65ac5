import { queueAttributes } from '../services/sqs/queue-attributes';
import type { ApiCall } from './api';
import { parsePolicyOnce } from './authorization/policy-cache';
import { PolicyDocumentError } from './authorization/policy-document-error';
import type { PolicyKind } from './authorization/policy-kind';
import { ApiError } from './protocols/errors';

/** The error code with which each service refuses a policy that is malformed. */
const codes: Readonly<Record<string, string>> = {
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
  iam: 'MalformedPolicyDocument',
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
  kms: 'MalformedPolicyDocumentException',
  // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
  s3: 'MalformedPolicy',
  // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
  secretsmanager: 'MalformedPolicyDocumentException',
  // https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
  sns: 'InvalidParameter',
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
  sqs: 'InvalidAttributeValue',
};

/**
 * Refuses a call that sets a malformed policy before it changes anything: moto takes many a policy that AWS does not, and the
 * gateway could not decide by one.
 *
 * @throws ApiError as the service would answer.
 */
export function checkPolicyOf(call: ApiCall): void {
  const found = policyOf(call);
  // An empty attribute takes the policy of a queue or a topic away.
  if (
    found?.text === undefined ||
    (found.text === '' && (call.service === 'sqs' || call.service === 'sns'))
  ) {
    return;
  }
  try {
    parsePolicyOnce(String(found.text), found.kind);
  } catch (error) {
    if (!(error instanceof PolicyDocumentError)) throw error;
    throw new ApiError(codes[call.service] ?? 'MalformedPolicyDocument', error.message);
  }
}

/** The policy that a call sets, with its kind. */
function policyOf({
  service,
  operation,
  parameters,
}: ApiCall): { kind: PolicyKind; text: unknown } | undefined {
  switch (`${service}:${operation}`) {
    case 'iam:CreateRole':
      return { kind: 'trust', text: parameters.AssumeRolePolicyDocument };
    case 'iam:UpdateAssumeRolePolicy':
      return { kind: 'trust', text: parameters.PolicyDocument };
    case 'iam:CreatePolicy':
    case 'iam:CreatePolicyVersion':
    case 'iam:PutGroupPolicy':
    case 'iam:PutRolePolicy':
    case 'iam:PutUserPolicy':
      return { kind: 'identity', text: parameters.PolicyDocument };
    case 'sqs:CreateQueue':
    case 'sqs:SetQueueAttributes':
      return { kind: 'resource', text: queueAttributes(parameters)?.Policy };
    case 'sns:CreateTopic':
      return {
        kind: 'resource',
        text: (parameters.Attributes as Record<string, unknown> | undefined)?.Policy,
      };
    case 'sns:SetTopicAttributes':
      return parameters.AttributeName === 'Policy'
        ? { kind: 'resource', text: parameters.AttributeValue }
        : undefined;
    case 'kms:CreateKey':
    case 'kms:PutKeyPolicy':
    case 's3:PutBucketPolicy':
      return { kind: 'resource', text: parameters.Policy };
    case 'secretsmanager:PutResourcePolicy':
      return { kind: 'resource', text: parameters.ResourcePolicy };
    default:
      return undefined;
  }
}
