import { invalidClientToken } from '../../gateway/protocols/errors';
import type { Protocol } from '../service';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html */
export const protocol: Protocol = { errors: { speaksXml: true, unknownKey: invalidClientToken } };
