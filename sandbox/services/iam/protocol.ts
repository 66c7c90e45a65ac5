import { invalidClientToken } from '../../gateway/protocols/errors';
import type { Protocol } from '../service';

/** IAM reaches the caller's own account alone: an ARN among its parameters may be a policy's or a principal's of another one. */
export const protocol: Protocol = {
  accountOf: ({ callerAccountId }) => callerAccountId,
  errors: {
    speaksXml: true,
    denied: { code: 'AccessDenied', status: 403 },
    unknownKey: invalidClientToken,
  },
};
