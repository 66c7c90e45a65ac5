import { invalidClientToken } from '../../gateway/protocols/errors';
import type { Protocol } from '../service';

/** https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html */
export const protocol: Protocol = {
  errors: {
    speaksXml: true,
    denied: { code: 'AuthorizationError', status: 403 },
    unknownKey: invalidClientToken,
  },
};
