import type { Policies } from '../service';

/**
 * Without its key policy's leave nobody may use a key, its own account's administrators included.
 * - https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 * - https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 */
export const policy: Policies = {
  malformed: 'MalformedPolicyDocumentException',
  required: true,
  setBy({ operation, parameters }) {
    if (operation === 'CreateKey') return { kind: 'resource', text: parameters.Policy };
    return operation === 'PutKeyPolicy' ? { kind: 'resource', text: parameters.Policy ?? '' } : undefined;
  },
  // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-caller-account
  context: ({ principal }) =>
    principal.accountId === '' ? {} : { 'kms:calleraccount': principal.accountId },
};
