import type { ApiAnswer, ApiCall } from '../../gateway/api';
import type { Learned } from '../../gateway/learned';
import { ApiError } from '../../gateway/protocols/errors';
import { parseJsonBody } from '../../gateway/protocols/json';
import { page } from '../../page';
import { namesMissingPrincipal } from '../iam/missing-principals';
import type { DecideUnder, Quirks } from '../service';
import { withReadPolicy, withUnreadPolicy } from './kept-policy';
import { keyArn } from './key-arn';

/** What KMS does and moto does not: key policies that are checked before they are set, and pages. */
export const quirks: Quirks = {
  check,
  askMoto: (call, request, moto) => moto.send(withUnreadPolicy(call, request)),
  effective: (call, answer) => inPages(call, withReadPolicy(call, answer)),
};

/**
 * What another account may do with a key that lets it, and nothing else:
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
const acrossAccounts =
  /^(CreateGrant|Decrypt|DescribeKey|Encrypt|GenerateDataKey\w*|GenerateMac|GetKeyRotationStatus|GetPublicKey|ListGrants|ReEncrypt|RetireGrant|RevokeGrant|Sign|Verify|VerifyMac)$/;

/** @throws ApiError as KMS would answer */
function check(call: ApiCall, learned: Learned, under: DecideUnder): void {
  const { operation, principal, accountId } = call;
  if (principal.accountId !== accountId && !acrossAccounts.test(operation)) {
    throw new ApiError('AccessDeniedException', `${operation} does not reach a key of another account.`);
  }
  checkPolicy(call, learned, under);
}

/**
 * Refuses a key policy that names who does not exist, or that would not let its author set another one, unless he wants that. A new
 * key has no id yet; what its policy says of another one is not about it.
 *
 * - https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 * - https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key
 *
 * @throws ApiError `MalformedPolicyDocumentException`
 */
function checkPolicy(call: ApiCall, learned: Learned, under: DecideUnder): void {
  const { operation, parameters } = call;
  const { Policy, KeyId, BypassPolicyLockoutSafetyCheck: bypass } = parameters;
  if ((operation !== 'CreateKey' && operation !== 'PutKeyPolicy') || Policy === undefined) return;
  const text = String(Policy);
  if (namesMissingPrincipal(text, learned)) {
    throw malformed('Policy contains a statement with one or more invalid principals.');
  }
  const again = {
    action: 'kms:PutKeyPolicy',
    resource: keyArn(call, learned, KeyId ?? 'new'),
    context: { 'kms:bypasspolicylockoutsafetycheck': 'false' },
  };
  if (bypass !== true && !under(text, again).allowed) {
    throw malformed('The new key policy will not allow you to update the key policy in the future.');
  }
}

function malformed(message: string): ApiError {
  return new ApiError('MalformedPolicyDocumentException', message);
}

/** How many keys a page has: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html */
const keysPerPage = 100;

/** moto answers with all keys at once. */
function inPages({ operation, parameters }: ApiCall, answer: ApiAnswer): ApiAnswer {
  if (operation !== 'ListKeys' || answer.status !== 200) return answer;
  const { Keys } = parseJsonBody(Buffer.from(answer.body));
  if (!Array.isArray(Keys)) return answer;
  const limit = Number(parameters.Limit ?? keysPerPage);
  const { items, next } = page(
    Keys,
    limit,
    parameters.Marker,
    () => new ApiError('InvalidMarkerException', 'The marker is invalid.'),
  );
  const listed = { Keys: items, Truncated: next !== undefined, ...(next && { NextMarker: next }) };
  return { ...answer, body: JSON.stringify(listed) };
}
