import { invalidClientToken } from '../../gateway/protocols/errors';
import type { Protocol } from '../service';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html */
export const protocol: Protocol = {
  errors: {
    speaksXml: true,
    denied: { code: 'AccessDenied', status: 403 },
    unknownKey: invalidClientToken,
  },
  // Stacks, and stack sets of an organization, are called in the caller's own account: no parameter leads to another one.
  accountOf: ({ callerAccountId }) => callerAccountId,
};
