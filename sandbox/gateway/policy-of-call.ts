import { serviceNamed } from '../services/registry';
import type { ApiCall } from './api';
import { parsePolicyOnce } from './authorization/policy-cache';
import { PolicyDocumentError } from './authorization/policy-document-error';
import { ApiError } from './protocols/errors';

/**
 * Refuses a call that sets a malformed policy before it changes anything: moto takes many a policy that AWS does not, and the
 * gateway could not decide by one.
 *
 * @throws ApiError as the service would answer.
 */
export function checkPolicyOf(call: ApiCall): void {
  const { policy } = serviceNamed(call.service) ?? {};
  const found = policy?.setBy?.(call);
  if (found?.text === undefined || (found.text === '' && policy?.emptyRemoves)) return;
  try {
    parsePolicyOnce(String(found.text), found.kind);
  } catch (error) {
    if (!(error instanceof PolicyDocumentError)) throw error;
    throw new ApiError(policy?.malformed ?? 'MalformedPolicyDocument', error.message);
  }
}
