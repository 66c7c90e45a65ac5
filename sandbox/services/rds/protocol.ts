import { invalidClientToken } from '../../gateway/protocols/errors';
import type { Protocol } from '../service';

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html */
export const protocol: Protocol = {
  errors: {
    speaksXml: true,
    denied: { code: 'AccessDenied', status: 403 },
    unknownKey: invalidClientToken,
  },
};
