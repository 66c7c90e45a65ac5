import type { Protocol } from '../service';

/** CloudWatch signs as `monitoring`. https://docs.aws.amazon.com/general/latest/gr/cw_region.html */
export const protocol: Protocol = { signingName: 'monitoring', errors: { speaksXml: true } };
