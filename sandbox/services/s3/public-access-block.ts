import { xmlAt } from '../../gateway/protocols/xml';
import type { PublicAccessBlock } from './buckets';

/** The settings that a PutPublicAccessBlock sets, of a bucket's or of an account's. */
export function publicAccessBlockOf(parameters: Record<string, unknown>): PublicAccessBlock {
  const isSet = (name: string) => xmlAt(parameters, 'PublicAccessBlockConfiguration', name) === 'true';
  return {
    blockPublicAcls: isSet('BlockPublicAcls'),
    ignorePublicAcls: isSet('IgnorePublicAcls'),
    blockPublicPolicy: isSet('BlockPublicPolicy'),
    restrictPublicBuckets: isSet('RestrictPublicBuckets'),
  };
}
